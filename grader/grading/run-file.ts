import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeAtomically } from "../../training/internal.ts";
import type { RosterEntry } from "../intake/roster.ts";
import type { Override, RubricScore } from "../table/overrides.ts";
import { secretMark } from "./secret.ts";

/** What belongs to a whole run: `run.json`. A merge of several folders expects the same of each. */
export interface RunFile {
  readonly assignment: string;
  /** Tells two secrets apart, and tells neither. */
  readonly secret: string;
  /** ISO; null without a deadline. */
  readonly due: string | null;
  /** As it was written: "10% per day, at most 3". */
  readonly late: string | null;
  readonly roster: readonly RosterEntry[];
  /** People's decisions, so that a later call does not lose them. */
  readonly overrides: readonly Override[];
  readonly rubric: readonly RubricScore[];
}

/** null for a folder in which nothing was graded yet. */
export function readRunFile(folder: string): RunFile | null {
  const path = join(folder, "run.json");
  if (!existsSync(path)) return null;
  try {
    return JSON.parse(readFileSync(path, "utf8")) as RunFile;
  } catch (error) {
    throw new RangeError(`${path} cannot be read: ${(error as Error).message}`);
  }
}

export async function writeRunFile(folder: string, file: RunFile): Promise<void> {
  await writeAtomically(
    join(folder, "run.json"),
    new TextEncoder().encode(`${JSON.stringify(file, null, 2)}\n`),
  );
}

/**
 * Writes `run.json` before the first submission, so that no later run mixes two assignments or secrets.
 * @throws RangeError if the folder holds results of another assignment or secret
 */
export async function expectSameSecret(folder: string, assignment: string, secret: string): Promise<void> {
  const before = readRunFile(folder);
  const mark = secretMark(secret);
  if (before && before.assignment !== assignment)
    throw new RangeError(
      `${folder} holds results of ${before.assignment}; choose another --out for ${assignment}`,
    );
  if (before && before.secret !== mark)
    throw new RangeError(
      `${folder} was graded with another secret; give its --secret, or choose another --out to grade all again`,
    );
  const nothing = { due: null, late: null, roster: [], overrides: [], rubric: [] };
  if (!before) await writeRunFile(folder, { assignment, secret: mark, ...nothing });
}
