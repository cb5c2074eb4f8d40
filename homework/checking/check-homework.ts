import {
  expectArgument,
  integer,
  type OptionTable,
  settleOptions,
  text,
  withoutDefault,
} from "../../np/internal.ts";
import type { Assignment } from "../assignment.ts";
import { assignmentNamed } from "../assignments.ts";
import type { Check } from "../checks/check.ts";
import { checkFile } from "./check-file.ts";
import { hintsFor } from "./hints.ts";
import { HomeworkReport } from "./homework-report.ts";

export interface CheckHomeworkOptions {
  /** Only this task, and what it needs; default: all. */
  readonly task?: number;
  /** The student's file; default: `hw1.ts` in the notebook's folder. */
  readonly file?: string;
  /** Draws other inputs; default 0. */
  readonly seed?: number;
}

const table: OptionTable<CheckHomeworkOptions> = {
  task: withoutDefault(integer({ least: 0 }), "all tasks"),
  file: withoutDefault(text, "the assignment's file in this folder"),
  seed: withoutDefault(integer({ least: 0 }), "0"),
};

/**
 * Runs an assignment's public checks on the student's file. The file runs in a process of its own, so
 * what a notebook has imported before does not matter.
 * @throws RangeError for an assignment or a task that does not exist; NotGradable for a file that is
 * missing, does not parse or does not load
 */
export async function checkHomework(id: string, options: CheckHomeworkOptions = {}): Promise<HomeworkReport> {
  expectArgument("checkHomework", "id", text, id);
  const contract = { name: "checkHomework", positional: {}, options: table };
  const { task, file = `${id}.ts`, seed = 0 } = settleOptions("checkHomework", contract, options);
  const assignment = await assignmentNamed(id);
  const checks = task === undefined ? assignment.checks : checksOf(assignment, task);
  const { results, noise } = await checkFile(assignment, file, { seed, checks });
  // Of other tasks only what is missing for this one.
  const shown = results.filter(
    (result) => (task ?? result.task) === result.task || result.state === "failed",
  );
  return new HomeworkReport(assignment, shown, { hints: hintsFor(file, id), printed: noise });
}

/** The checks of one task, and those of other tasks that they need. */
function checksOf({ id, checks, tasks }: Assignment, task: number): readonly Check[] {
  if (!tasks.some(({ number }) => number === task))
    throw new RangeError(
      `${id} has no task ${task}; expected one of ${tasks.map(({ number }) => number).join(", ")}`,
    );
  const wanted = new Set<string>();
  for (const check of checks.filter((one) => one.task === task)) want(check.id, checks, wanted);
  return checks.filter((check) => wanted.has(check.id));
}

function want(id: string, checks: readonly Check[], wanted: Set<string>): void {
  wanted.add(id);
  const needs = checks.find((check) => check.id === id)?.needs ?? [];
  for (const need of needs) if (!wanted.has(need)) want(need, checks, wanted);
}
