import { inspect } from "node:util";
import { distributed, type ProcessRanks } from "../distributed/index.ts";
import { type Launcher, launcherOf } from "../distributed/internal.ts";
import { gather } from "../training/internal.ts";

/** The processes that a launcher such as mpirun started for one command. Rank 0 speaks for all. */
export class Group {
  readonly #launcher: Launcher;
  #started: ProcessRanks | null = null;

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

  /** Ends the exchange, so that the command may end with any status. All ranks must call it. */
  finish(): void {
    this.#started?.finish();
  }

  /** Tells what ended the command: once if it is the same on every rank, else with the rank's number. */
  tell(what: unknown): void {
    const said = typeof what === "string" ? what : inspect(what);
    const all = this.#heard(said);
    const isShared = all?.every((one) => one === said) ?? false;
    if (!isShared) console.error(`rank ${this.#launcher.rank}: ${said}`);
    else if (this.isFirst) console.error(said);
    if (all) this.finish();
  }

  /**
   * What ended the command on each rank; null if it goes on elsewhere. Then the end of this process
   * ends the others, too, which wait for it in the barrier.
   */
  #heard(said: string): string[] | null {
    if (process.argv[2] !== "compare") return null; // no other command shares its work
    let ranks: ProcessRanks;
    try {
      ranks = this.ranks;
    } catch {
      return [said]; // without MPI it ends on every rank, and for this reason
    }
    try {
      ranks.barrier(); // it fails unless all come here: no work has a barrier
    } catch {
      return null;
    }
    return gather(ranks, said);
  }
}

/** The group of this process; null if no launcher started it. */
export const ownGroup: Group | null = found();

function found(): Group | null {
  const launcher = launcherOf(process.env);
  return launcher && new Group(launcher);
}
