import { unknownName } from "../../np/internal.ts";
import type { GradedAssignment } from "../graded.ts";
import { toPoints } from "../grading/grade-one.ts";
import type { SubmissionResult } from "../grading/result.ts";
import type { RosterEntry } from "../intake/roster.ts";
import { daysLate, hoursLate, type LateRule, penaltyOf } from "./late.ts";
import type { Override, RubricScore } from "./overrides.ts";

/** What people add to the automatic results. */
export interface Additions {
  readonly roster?: readonly RosterEntry[];
  readonly overrides?: readonly Override[];
  readonly rubric?: readonly RubricScore[];
  /** ISO. */
  readonly due?: string | null;
  readonly late?: LateRule | null;
}

/** One student's line: what the automatic result and people's decisions make of it. */
export interface StudentMark {
  readonly student: string;
  readonly entry: RosterEntry | undefined;
  /** null for a student of the roster who handed in nothing. */
  readonly result: SubmissionResult | null;
  readonly state: SubmissionResult["state"] | "missing";
  /** Points by check and by essay; an essay that nobody has graded has none. */
  readonly checks: ReadonlyMap<string, number>;
  readonly essays: ReadonlyMap<string, RubricScore>;
  readonly hoursLate: number;
  /** Checks and essays together; null while nothing decides them. */
  readonly raw: number | null;
  readonly penalty: number;
  readonly score: number | null;
  /** What changed the sum, in order, as points. */
  readonly changes: readonly { readonly text: string; readonly points: number }[];
}

/**
 * One line for each student with a result or in the roster: what is not gradable first, then what is
 * missing, then by id.
 * @throws RangeError for an override or a rubric score of a student who is in neither
 */
export function marksOf(
  results: readonly SubmissionResult[],
  graded: GradedAssignment,
  additions: Additions,
): readonly StudentMark[] {
  const { roster = [], overrides = [], rubric = [] } = additions;
  const byStudent = new Map(results.map((result) => [result.student, result]));
  const entries = new Map(roster.map((entry) => [entry.student, entry]));
  const students = [...new Set([...byStudent.keys(), ...entries.keys()])];
  for (const { student } of [...overrides, ...rubric])
    if (!students.includes(student)) throw unknownName("student", student, students);
  const marks = students.map((student) =>
    markOf(student, byStudent.get(student) ?? null, entries.get(student), graded, additions),
  );
  const order = { "not gradable": 0, missing: 1, graded: 2 };
  return marks.sort((a, b) => order[a.state] - order[b.state] || (a.student < b.student ? -1 : 1));
}

function markOf(
  student: string,
  result: SubmissionResult | null,
  entry: RosterEntry | undefined,
  { assignment }: GradedAssignment,
  { overrides = [], rubric = [], due = null, late = null }: Additions,
): StudentMark {
  const own = overrides.filter((override) => override.student === student);
  const state = result?.state ?? "missing";
  const changes: { text: string; points: number }[] = [];
  const checks = new Map(
    (result?.checks ?? []).map(({ id, points, share }) => [id, toPoints(points * share)]),
  );
  for (const { check, points, reason } of own) {
    if (check === "total") continue;
    changes.push({
      text: `override of ${check}: ${reason}`,
      points: toPoints(points - (checks.get(check) ?? 0)),
    });
    checks.set(check, points);
  }
  const essays = new Map(rubric.filter((one) => one.student === student).map((one) => [one.essay, one]));
  const hours = hoursLate(result?.handedIn ?? null, due, entry?.extension ?? 0);
  const isDecided = state === "graded" || checks.size > 0 || essays.size > 0;
  const essayPoints = assignment.essays.map(({ id }) => essays.get(id)?.points ?? 0);
  const raw = isDecided ? sum([...checks.values(), ...essayPoints]) : null;
  const penalty = raw !== null && late ? toPoints(penaltyOf(raw, hours, late)) : 0;
  if (penalty > 0 && late) changes.push({ text: lateText(hours, late), points: -penalty });
  const total = own.find(({ check }) => check === "total");
  const score = raw === null ? null : toPoints(raw - penalty);
  if (!total)
    return { student, entry, result, state, checks, essays, hoursLate: hours, raw, penalty, score, changes };
  changes.push({
    text: `override of the total: ${total.reason}`,
    points: toPoints(total.points - (score ?? 0)),
  });
  const final = { raw: raw ?? total.points, penalty, score: total.points };
  return { student, entry, result, state, checks, essays, hoursLate: hours, ...final, changes };
}

function lateText(hours: number, rule: LateRule): string {
  const days = daysLate(hours, rule);
  const most = Math.ceil(hours / 24) > days ? " (the most that counts)" : "";
  return `${days} ${days === 1 ? "day" : "days"} late${most}, ${rule.percent} % for each`;
}

function sum(points: readonly number[]): number {
  return toPoints(points.reduce((total, x) => total + x, 0));
}
