import type { Command } from "commander";
import { existingFile } from "../folder.ts";

type Grader = typeof import("../../grader/internal.ts");

/** What grade and merge both take. */
export interface TableFlags {
  readonly roster?: string;
  readonly due?: string;
  readonly late?: string;
  readonly overrides?: string;
  readonly rubric?: string;
  readonly anonymous?: boolean;
}

export function addTableOptions(command: Command): Command {
  return command
    .option(
      "--roster <csv>",
      "student, and perhaps name, email, file (with *), extension (hours), handed_in",
      existingFile,
    )
    .option("--due <time>", "the deadline, such as 2026-03-01T23:59:00Z")
    .option("--late <rule>", 'what a late submission loses of its score: "10% per day, at most 3"')
    .option("--overrides <csv>", "student, check (or total), points, reason", existingFile)
    .option("--rubric <csv>", "student, essay, points, comment", existingFile)
    .option("--anonymous", "pseudonyms in class.csv; grades.csv and the pages keep the ids");
}

/** What a person should know about a class table, one line each. */
export function tableLines(
  marks: Awaited<ReturnType<Grader["writeTables"]>>,
  { assignment }: Awaited<ReturnType<Grader["gradedAssignment"]>>,
): readonly string[] {
  const lines = marks
    .filter(({ state }) => state === "not gradable")
    .map(({ student, result }) => `not gradable: ${student}: ${result?.reason}`);
  const missing = marks.filter(({ state }) => state === "missing").length;
  if (missing > 0) lines.push(`${missing} of the roster handed in nothing`);
  for (const { id } of assignment.essays) {
    const open = marks.filter(({ state, essays }) => state === "graded" && !essays.has(id)).length;
    if (open > 0)
      lines.push(`${open} ${open === 1 ? "text" : "texts"} "${id}" without a rubric score: 0 points so far`);
  }
  const scores = marks.flatMap(({ score }) => (score === null ? [] : [score])).sort((a, b) => a - b);
  const median = middleOf(scores);
  if (median !== undefined) lines.push(`${scores.length} scores, median ${median} of ${assignment.points}`);
  return lines;
}

/** The middle of sorted numbers, or the mean of the two in the middle; undefined without any. */
function middleOf(sorted: readonly number[]): number | undefined {
  const half = sorted.length / 2;
  const pair = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]] as const;
  return pair[0] === undefined || pair[1] === undefined ? undefined : (pair[0] + pair[1]) / 2;
}
