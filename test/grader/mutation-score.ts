import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type GradedAssignment, gradedAssignment, type Mutant, mutantsOf } from "#internal/grader";
import type { CheckResult } from "#internal/homework";
import { runAnswer } from "./run-answer.js";

/** How many of some mutants there are, and how many of them lost points. */
interface Counts {
  mutants: number;
  caughtInPublic: number;
  caught: number;
}

/** `grader/hwN/mutation.json`: how well the checks of an assignment tell its reference from mutants of it. */
export interface MutationScore extends Counts {
  readonly assignment: string;
  readonly operators: Record<string, Counts>;
  /** The mutants at which each check failed; a check that was skipped has not failed. */
  readonly checks: Record<string, number>;
  /** The names of the mutants that kept all points. */
  readonly survivors: string[];
}

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The text of an assignment's reference, or of another file in the repository. */
export function textOfSource(path: string): string {
  return readFileSync(`${root}${path}`, "utf8");
}

export function referenceOf(id: string): string {
  return textOfSource(`grader/${id}/source/${id}.ts`);
}

/** Runs all mutants, two at a time. `onMutant` is called after each. */
export async function mutationScore(id: string, onMutant = (_done: number, _of: number): void => {}) {
  const graded = await gradedAssignment(id);
  const mutants = mutantsOf(referenceOf(id), `${id}.ts`);
  const results: (readonly CheckResult[])[] = [];
  let next = 0;
  let done = 0;
  const worker = async (): Promise<void> => {
    while (next < mutants.length) {
      const at = next++;
      results[at] = await runAnswer(graded, (mutants[at] as Mutant).text);
      onMutant(++done, mutants.length);
    }
  };
  await Promise.all([worker(), worker()]);
  return summary(graded, mutants, results);
}

function summary(
  { assignment, hidden }: GradedAssignment,
  mutants: readonly Mutant[],
  results: readonly (readonly CheckResult[])[],
): MutationScore {
  const all: Counts = { mutants: 0, caughtInPublic: 0, caught: 0 };
  const operators: Record<string, Counts> = {};
  const ids = [...assignment.checks, ...hidden].map((check) => check.id);
  const checks: Record<string, number> = Object.fromEntries(ids.map((id) => [id, 0]));
  const survivors: string[] = [];
  mutants.forEach(({ name, operator }, at) => {
    const failed = (results[at] ?? []).filter(({ state }) => state === "failed").map((result) => result.id);
    for (const id of failed) checks[id] = (checks[id] ?? 0) + 1;
    operators[operator] ??= { mutants: 0, caughtInPublic: 0, caught: 0 };
    const isPublic = failed.some((id) => assignment.checks.some((check) => check.id === id));
    for (const counts of [all, operators[operator]]) {
      counts.mutants += 1;
      counts.caughtInPublic += Number(isPublic);
      counts.caught += Number(failed.length > 0);
    }
    if (failed.length === 0) survivors.push(name);
  });
  return { assignment: assignment.id, ...all, operators, checks, survivors };
}
