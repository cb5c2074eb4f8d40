import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";

/** What happened to a submission, in the order in which it happened. */
export interface JournalLine {
  readonly time: string;
  readonly event: "run" | "started" | "done" | "kept" | "ended";
  readonly student?: string;
  /** SHA-256 of the student's file. */
  readonly source?: string;
  /** User, machine and process. */
  readonly by: string;
  /** Seconds from "started" to "done", and how many of them the submission's own answers took. */
  readonly seconds?: number;
  readonly answering?: number;
  readonly note?: string;
}

/** An append-only file: a line is never changed, and a killed process leaves at most half a line. */
export class Journal {
  readonly #path: string;
  readonly #by: string;

  constructor(path: string) {
    this.#path = path;
    this.#by = `${userName()}@${hostname()}:${process.pid}`;
    // A line that a killed process did not finish would swallow the next one.
    if (existsSync(path) && !/(^|\n)$/.test(readFileSync(path, "utf8").slice(-1))) appendFileSync(path, "\n");
  }

  add(event: JournalLine["event"], line: Partial<JournalLine> = {}): void {
    const whole: JournalLine = { time: new Date().toISOString(), event, by: this.#by, ...line };
    appendFileSync(this.#path, `${JSON.stringify(whole)}\n`);
  }
}

/** The lines of a journal; half a line is left out. */
export function readJournal(path: string): readonly JournalLine[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as JournalLine];
      } catch {
        return [];
      }
    });
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "unknown";
  }
}
