import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { writeAtomically } from "../../training/internal.ts";
import type { GradedAssignment } from "../graded.ts";
import { type FinalScore, writePages } from "../grading/pages-hook.ts";
import type { SubmissionResult, WallProbe } from "../grading/result.ts";
import { ResultFiles } from "../grading/result-files.ts";
import { classCsv } from "./class-csv.ts";
import { gradesCsv } from "./grades-csv.ts";
import { type Additions, marksOf, type StudentMark } from "./marks.ts";

export interface TableOptions extends Additions {
  /** The secret of the pseudonyms: then `class.csv` has no ids and no names. */
  readonly anonymous?: string | null;
  readonly selfTest: readonly WallProbe[];
}

/**
 * Writes `class.csv`, `grades.csv` and the pages of a folder of results.
 * @returns the lines of the class
 */
export async function writeTables(
  out: string,
  results: readonly SubmissionResult[],
  graded: GradedAssignment,
  options: TableOptions,
): Promise<readonly StudentMark[]> {
  mkdirSync(out, { recursive: true });
  const marks = marksOf(results, graded, options);
  const write = (name: string, text: string): Promise<void> =>
    writeAtomically(join(out, name), new TextEncoder().encode(text));
  await write("class.csv", await classCsv(marks, graded, options.anonymous ?? null));
  await write("grades.csv", await gradesCsv(marks, graded, options.due ?? null));
  const files = new ResultFiles(out);
  const good = results.filter(({ state }) => state === "graded");
  await writePages(results, graded, out, {
    wall: [...new Set(results.map(({ wall }) => wall))].sort().join(" and "),
    selfTest: options.selfTest,
    // Only texts that a parser of their own has read: see grading/parsing.ts.
    sources: new Map(good.map(({ student }) => [student, files.readSource(student)])),
    handedInAs: new Map(results.map(({ student, place = student }) => [student, place])),
    finals: new Map(marks.map((mark) => [mark.student, finalOf(mark)])),
  });
  return marks;
}

function finalOf({ score, changes, essays }: StudentMark): FinalScore {
  const graded = [...essays].map(([id, { points, comment }]) => [id, { points, comment }] as const);
  return { points: score ?? 0, changes, essays: Object.fromEntries(graded) };
}
