import type { Check } from "../../homework/internal.ts";
import type { GradedAssignment } from "../graded.ts";

/** @throws RangeError that lists all that is wrong with an assignment's checks and points */
export function expectGradable(graded: GradedAssignment): void {
  const problems = problemsOf(graded);
  if (problems.length > 0)
    throw new RangeError(`${graded.assignment.id} cannot be released: ${problems.join("; ")}`);
}

function problemsOf({ assignment, hidden }: GradedAssignment): readonly string[] {
  const { checks, essays, points, tasks } = assignment;
  const all = [...checks, ...hidden];
  const parts = [...all, ...essays];
  const sum = pointsOf(parts);
  const numbers = new Set(tasks.map(({ number }) => number));
  return [
    ...(pointsOf(all) > 0 ? [] : ["it has no graded check: the checks have no points"]),
    ...(Math.abs(sum - points) < 1e-9
      ? []
      : [`checks, hidden checks and essays have ${sum} points, the assignment says ${points}`]),
    ...(assignment.hidden === hidden.length
      ? []
      : [`it says hidden: ${assignment.hidden}, and has ${hidden.length} hidden checks`]),
    ...parts.filter(({ points: one }) => !(one >= 0)).map(({ id }) => `${id} has points below 0`),
    ...parts
      .filter(({ task }) => !numbers.has(task))
      .map(({ id, task }) => `${id} is of task ${task}, which is not listed`),
    ...repeated(parts.map(({ id }) => id)).map((id) => `two parts are named ${id}`),
    ...repeated(tasks.map(({ number }) => String(number))).map((number) => `two tasks have number ${number}`),
    ...needProblems(checks, checks),
    // A hidden check runs after all public ones.
    ...needProblems(hidden, all),
  ];
}

function pointsOf(parts: readonly { readonly points: number }[]): number {
  return parts.reduce((sum, { points }) => sum + points, 0);
}

function repeated(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
}

/** A need must name a check that runs before. */
function needProblems(checks: readonly Check[], all: readonly Check[]): readonly string[] {
  return checks.flatMap((check) =>
    check.needs.flatMap((need) => {
      const at = all.findIndex(({ id }) => id === need);
      if (at < 0) return [`${check.id} needs ${need}, which is not among the checks that it may need`];
      return at < all.indexOf(check) ? [] : [`${check.id} needs ${need}, which runs after it`];
    }),
  );
}
