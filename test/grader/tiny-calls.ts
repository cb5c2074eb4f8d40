import type { Calls } from "#internal/homework";

type Double = (x: unknown) => never;

/** How to call a submission of the tiny assignment. */
export const calls: Calls = {
  double: (submission, { x }) => ({ y: (submission.double as Double)(x) }),
  halve: (submission, { x }) => ({ y: (submission.halve as Double)(x) }),
};
