import type { GradedAssignment } from "../graded.ts";
import type { StudentMark } from "./marks.ts";
import { pseudonymOf } from "./pseudonyms.ts";
import { toCsv } from "./to-csv.ts";

/**
 * The class table: one line for each student. A field that a spreadsheet would run as a formula begins
 * with an apostrophe. With a secret it has pseudonyms instead of ids, no names, no notes, and the order
 * of the pseudonyms.
 */
export async function classCsv(
  marks: readonly StudentMark[],
  { assignment, hidden }: GradedAssignment,
  secret: string | null = null,
): Promise<string> {
  const checks = [...assignment.checks, ...hidden].map(({ id }) => id);
  const essays = assignment.essays.map(({ id }) => id);
  const header = [
    ...["student", "name", "state", "attempt", "handed_in", "hours_late"],
    ...checks,
    ...essays,
    ...["raw", "penalty", "score", "of", "reason", "notes"],
  ];
  const lines = marks.map((mark) => ({ id: idOf(mark, secret), mark }));
  if (secret !== null) lines.sort((a, b) => (a.id < b.id ? -1 : 1));
  const rows = lines.map(({ id, mark }) => {
    const { entry, result, state } = mark;
    const name = secret === null && entry ? `${entry.firstName} ${entry.lastName}`.trim() : "";
    const notes = secret === null ? notesOf(mark, essays) : [];
    return [
      ...[id, name, state, result?.attempt ?? "", result?.handedIn ?? "", mark.hoursLate],
      ...checks.map((check) => mark.checks.get(check) ?? ""),
      ...essays.map((essay) => mark.essays.get(essay)?.points ?? ""),
      ...[mark.raw ?? "", mark.penalty, mark.score ?? "", assignment.points],
      ...[secret === null ? (result?.reason ?? "") : "", notes.join("; ")],
    ];
  });
  return toCsv([header, ...rows]);
}

function idOf({ student }: StudentMark, secret: string | null): string {
  return secret === null ? student : pseudonymOf(student, secret);
}

function notesOf({ result, changes, essays, state }: StudentMark, ids: readonly string[]): readonly string[] {
  const open =
    state === "graded" ? ids.filter((id) => !essays.has(id)).map((id) => `${id} is not graded yet`) : [];
  return [...(result?.notes ?? []), ...changes.map(({ text }) => text), ...open];
}
