import { appendFileSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Advice, Hints } from "../../gradcheck/index.ts";

/** How much advice gives away, from least to most. */
const levels: readonly Hints[] = ["where", "what", "cure"];

/** One hint that a student asked for. */
export interface HintTaken {
  readonly check: string;
  readonly level: Hints;
  /** When (ISO). */
  readonly at: string;
}

/** The record lies beside the student's file, and is handed in with it. */
export function hintFile(file: string, assignment: string): string {
  return join(dirname(file), `${assignment}.hints.jsonl`);
}

/** The hints that a file records, in order; lines that are not hints are left out. */
export function readHints(text: string): readonly HintTaken[] {
  return text.split("\n").flatMap((line): HintTaken[] => {
    try {
      const { check, level, at } = JSON.parse(line) as HintTaken;
      return typeof check === "string" && typeof at === "string" && levels.includes(level)
        ? [{ check, level, at }]
        : [];
    } catch {
      return [];
    }
  });
}

/** The hints taken so far for a student's file; none where nothing is recorded. */
export function hintsFor(file: string, assignment: string): readonly HintTaken[] {
  try {
    return readHints(readFileSync(hintFile(file, assignment), "utf8"));
  } catch {
    return [];
  }
}

/** Records that a hint was given. */
export function recordHint(file: string, assignment: string, hint: HintTaken): void {
  appendFileSync(hintFile(file, assignment), `${JSON.stringify(hint)}\n`);
}

/** The level at which a check's advice is shown: the assignment's, or the one that was asked for. */
export function levelFor(check: string, start: Hints, taken: readonly HintTaken[]): Hints {
  const reached = taken.filter((hint) => hint.check === check).map(({ level }) => levels.indexOf(level));
  return levels[Math.max(levels.indexOf(start), ...reached)] as Hints;
}

/** The next level that says something new about this advice; null if there is none. */
export function nextLevel(advice: Advice, level: Hints): Hints | null {
  const said = { where: "", what: advice.where, cure: "" };
  return (
    levels
      .slice(levels.indexOf(level) + 1)
      .find((next) => advice[next] !== "" && advice[next] !== said[next]) ?? null
  );
}
