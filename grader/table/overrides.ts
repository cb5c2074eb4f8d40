import { describe, unknownName } from "../../np/internal.ts";
import type { GradedAssignment } from "../graded.ts";
import { type CsvRow, numberIn, readCsv } from "../intake/csv.ts";

/** A person's decision about one check, or about the total. */
export interface Override {
  readonly student: string;
  /** A check's id, or "total": then the points are the final score, and the late rule takes nothing off. */
  readonly check: string;
  readonly points: number;
  readonly reason: string;
}

/** A person's points for one text. */
export interface RubricScore {
  readonly student: string;
  readonly essay: string;
  readonly points: number;
  readonly comment: string;
}

/** Reads `overrides.csv`: student, check, points, reason. @throws RangeError with the line */
export async function readOverrides(
  path: string,
  { assignment, hidden }: GradedAssignment,
): Promise<readonly Override[]> {
  const points = new Map([...assignment.checks, ...hidden].map((check) => [check.id, check.points]));
  const rows = await readCsv(path, { needed: ["student", "check", "points", "reason"], optional: [] });
  return unique(path, rows, "check").map((row) => {
    const { student = "", check = "", reason = "" } = row.fields;
    if (check !== "total" && !points.has(check))
      throw at(path, row, unknownName("check", check, [...points.keys(), "total"]));
    if (reason === "") throw new RangeError(`${path}, line ${row.line}: the reason is missing`);
    return {
      student,
      check,
      points: pointsIn(path, row, points.get(check) ?? Number.POSITIVE_INFINITY),
      reason,
    };
  });
}

/** Reads `rubric.csv`: student, essay, points, comment. @throws RangeError with the line */
export async function readRubric(
  path: string,
  { assignment }: GradedAssignment,
): Promise<readonly RubricScore[]> {
  const points = new Map(assignment.essays.map((essay) => [essay.id, essay.points]));
  const rows = await readCsv(path, { needed: ["student", "essay", "points"], optional: ["comment"] });
  return unique(path, rows, "essay").map((row) => {
    const { student = "", essay = "", comment = "" } = row.fields;
    const most = points.get(essay);
    if (most === undefined) throw at(path, row, unknownName("essay", essay, [...points.keys()]));
    return { student, essay, points: pointsIn(path, row, most), comment };
  });
}

/** @throws RangeError for two lines about the same thing */
function unique(path: string, rows: readonly CsvRow[], column: string): readonly CsvRow[] {
  const seen = new Set<string>();
  for (const row of rows) {
    const key = JSON.stringify([row.fields.student, row.fields[column]]);
    if (seen.has(key))
      throw new RangeError(`${path}, line ${row.line}: ${describe(row.fields[column])} is there twice`);
    seen.add(key);
  }
  return rows;
}

function pointsIn(path: string, row: CsvRow, most: number): number {
  const points = numberIn(path, row, "points");
  if (points < 0 || points > most)
    throw new RangeError(`${path}, line ${row.line}: points is ${points}, expected 0 … ${most}`);
  return points;
}

function at(path: string, { line }: CsvRow, error: Error): RangeError {
  return new RangeError(`${path}, line ${line}: ${error.message}`);
}
