import type { Assignment } from "../../homework/internal.ts";
import type { GradedCheck, SubmissionResult } from "../grading/result.ts";
import { checkAdvice } from "../pages/check-advice.ts";
import { plainText, pointsText } from "../pages/plain-text.ts";
import type { Metadata } from "./metadata.ts";

/** One test of `results.json`. */
export interface GradescopeTest {
  readonly name: string;
  readonly name_format: "text";
  readonly number: string;
  readonly score: number;
  readonly max_score: number;
  readonly status: "passed" | "failed";
  readonly output: string;
  readonly output_format: "text";
  readonly visibility: "visible" | "after_published";
}

/** `results.json`, in the words of Gradescope. */
export interface GradescopeResults {
  readonly score: number;
  readonly output: string;
  readonly output_format: "text";
  readonly test_output_format: "text";
  readonly test_name_format: "text";
  readonly stdout_visibility: "hidden";
  readonly extra_data: Readonly<Record<string, string | number>>;
  readonly tests: readonly GradescopeTest[];
}

const formats = { output_format: "text", test_output_format: "text", test_name_format: "text" } as const;

/** What stands there before anything has run, and stays if the grader is stopped. */
export function zeroResults(reason: string): GradescopeResults {
  const output = `Not graded: ${reason} These 0 points decide nothing; ask your instructor to run it again.`;
  return {
    score: 0,
    output,
    ...formats,
    stdout_visibility: "hidden",
    extra_data: { state: "not graded" },
    tests: [],
  };
}

/**
 * A result in the words of Gradescope. A hidden check shows its title, and when grades are published its
 * points, and nothing that it tried. The submission's own output is not in it: it could hold a hidden
 * check's inputs.
 */
export function gradescopeResults(
  result: SubmissionResult,
  assignment: Assignment,
  { attempt, minutesLate, due }: Metadata,
  wall: string,
): GradescopeResults {
  const { state, reason, checks, score, of, source, grader } = result;
  const refused = state === "not gradable";
  const essays = assignment.essays.reduce((sum, { points }) => sum + points, 0);
  const hidden = checks.filter(({ isHidden }) => isHidden).length;
  const lines = [
    refused
      ? `Not gradable: ${plainText(reason)}. This decides no points: correct it and hand it in again.`
      : `${assignment.id}: ${assignment.title}. ${of} points by checks.`,
    ...(essays > 0 ? [`${pointsText(essays)} more points are for text that a person grades.`] : []),
    ...(hidden > 0 ? [`${hidden} checks are hidden until grades are published.`] : []),
    ...(minutesLate > 0
      ? [`Handed in ${lateText(minutesLate)} after ${due}. No points were taken off here.`]
      : []),
    `Attempt ${attempt}. ${wall}`,
  ];
  return {
    score: refused ? 0 : score,
    output: lines.join("\n"),
    ...formats,
    stdout_visibility: "hidden",
    extra_data: { state, attempt, minutes_late: minutesLate, source, grader },
    tests: testsOf(checks, assignment),
  };
}

function testsOf(checks: readonly GradedCheck[], assignment: Assignment): GradescopeTest[] {
  const counts = new Map<number, number>();
  return checks.map((check) => {
    const { task, title, points, share, state, isHidden } = check;
    const number = (counts.get(task) ?? 0) + 1;
    counts.set(task, number);
    return {
      name: plainText(title, 300),
      name_format: "text",
      number: `${task}.${number}`,
      score: Math.round(points * share * 1e4) / 1e4,
      max_score: points,
      status: state === "passed" ? "passed" : "failed",
      output: checkAdvice(check, assignment).join("\n"),
      output_format: "text",
      visibility: isHidden ? "after_published" : "visible",
    };
  });
}

/** "10 h 1 min" */
function lateText(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return hours === 0 ? `${rest} min` : `${hours} h ${rest} min`;
}
