import type { GradedAssignment } from "../graded.ts";
import type { StudentMark } from "./marks.ts";
import { toCsv } from "./to-csv.ts";

/** nbgrader's columns, in its order. */
export const gradesColumns = [
  "assignment",
  "duedate",
  "timestamp",
  "student_id",
  "last_name",
  "first_name",
  "email",
  "raw_score",
  "late_submission_penalty",
  "score",
  "max_score",
] as const;

/**
 * `grades.csv` as `nbgrader export` writes it: times in UTC without a zone, numbers as Python writes
 * floats, ordered by student. Where nothing decides the points, the score is empty: a platform imports
 * no zero then. Who handed in nothing has 0, as with nbgrader.
 */
export async function gradesCsv(
  marks: readonly StudentMark[],
  { assignment }: GradedAssignment,
  due: string | null,
): Promise<string> {
  const rows = [...marks]
    .sort((a, b) => (a.student < b.student ? -1 : 1))
    .map(({ student, entry, result, state, raw, penalty, score }) => {
      const zero = state === "missing" ? 0 : null;
      return [
        assignment.id,
        timeText(due),
        timeText(result?.handedIn ?? null),
        student,
        entry?.lastName ?? "",
        entry?.firstName ?? "",
        entry?.email ?? "",
        floatText(raw ?? zero),
        floatText(raw === null ? zero : penalty),
        floatText(score ?? zero),
        floatText(assignment.points),
      ];
    });
  return toCsv([gradesColumns, ...rows]);
}

function timeText(iso: string | null): string {
  return iso === null ? "" : new Date(iso).toISOString().slice(0, 19).replace("T", " ");
}

/** `5.0`, `4.75`; "" for null. */
function floatText(x: number | null): string {
  if (x === null) return "";
  return Number.isInteger(x) ? `${x}.0` : String(x);
}
