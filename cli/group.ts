import { inspect } from "node:util";
import { distributed, type ProcessRanks } from "../distributed/index.ts";
import { type Launcher, launcherOf } from "../distributed/internal.ts";
import { gather } from "../training/internal.ts";

/** How long the others wait for rank 0 to report an error and end all, if it is everyone's. */
const firstWordMs = 500;

/** Ends the command on a rank that could go on, because another cannot. Nothing is printed about it. */
class OthersFailed extends RangeError {}

/** The processes that a launcher such as mpirun started for one command. Rank 0 speaks for all. */
export class Group {
  readonly #launcher: Launcher;
  #started: ProcessRanks | null = null;
  #isPreparing = true;

  constructor(launcher: Launcher) {
    this.#launcher = launcher;
  }

  /** @throws RangeError if MPI cannot be used */
  get ranks(): ProcessRanks {
    this.#started ??= distributed();
    return this.#started;
  }

  /** Whether this process prints and writes files. */
  get isFirst(): boolean {
    return this.#launcher.rank === 0;
  }

  /** What follows is done by each rank for itself, and may fail on one of them, until all are `ready`. */
  prepare(): void {
    this.#isPreparing = true;
  }

  /** Waits until every rank is ready for work in which none may be missing. @throws if one is not */
  ready(): void {
    const isReady = gather(this.ranks, "").every((failure) => failure === "");
    if (!isReady) throw new OthersFailed();
    this.#isPreparing = false;
  }

  /** Ends the exchange, so that a command may end with any status. */
  finish(): void {
    this.#started?.finish();
  }

  /** Tells what ended the command: once if it is the same on every rank, else with the rank's number. */
  async tell(error: unknown, text: unknown): Promise<void> {
    if (error instanceof OthersFailed) return this.finish();
    const said = typeof text === "string" ? text : inspect(text);
    const ranks = this.#isPreparing ? this.#reachable() : null;
    if (ranks) {
      const isShared = gather(ranks, said).every((one) => one === said);
      if (!isShared || this.isFirst) console.error(isShared ? said : this.#asRank(said));
      return this.finish();
    }
    // The others are in the middle of their work: when this process ends, so do they.
    if (!this.isFirst) await new Promise((resolve) => setTimeout(resolve, firstWordMs));
    console.error(this.isFirst ? said : this.#asRank(said));
  }

  /** The ranks; null if MPI cannot be used, or if the command is none that shares its work. */
  #reachable(): ProcessRanks | null {
    if (process.argv[2] !== "compare") return null;
    try {
      return this.ranks;
    } catch {
      return null;
    }
  }

  #asRank(said: string): string {
    return `rank ${this.#launcher.rank}: ${said}`;
  }
}

/** The group of this process; null if no launcher started it. */
export const ownGroup: Group | null = found();

function found(): Group | null {
  const launcher = launcherOf(process.env);
  return launcher && new Group(launcher);
}
