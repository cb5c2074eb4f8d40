import type { Calls } from "#internal/homework";

type OnArray = (x: unknown) => never;

/** The submission exports `double` and `shift`, each from an array to an array. */
export const calls: Calls = {
  double: ({ double }, { x }) => ({ y: (double as OnArray)(x) }),
  shift: ({ shift }, { x }) => ({ y: (shift as OnArray)(x) }),
};
