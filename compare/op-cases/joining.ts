import { concatenate, stack } from "../../np/index.ts";
import { spread } from "./numbers.ts";
import type { OpCases } from "./op-case.ts";

/** Joining several arrays into one. */
// biome-ignore format: a table, one case a line
export const joining: Pick<OpCases, "concatenate" | "stack"> = {
  concatenate: [
    { what: "along axis 0, unequal lengths", f: (a, b, c) => concatenate([a, b, c]), inputs: [spread([1, 2], 1), spread([3, 2], 2), spread([2, 2], 3)], affine: [0, 1, 2], zeroSecondDerivatives: true },
    { what: "along axis -1", f: (a, b) => concatenate([a, b], -1), inputs: [spread([2, 1], 1), spread([2, 3], 2)], affine: [0, 1], zeroSecondDerivatives: true },
    { what: "one tensor twice", f: (a) => concatenate([a, a.mul(3)], 1), inputs: [spread([2, 2], 1)], affine: [0], zeroSecondDerivatives: true },
  ],
  stack: [
    { what: "on a first axis", f: (a, b) => stack([a, b]), inputs: [spread([2, 3], 1), spread([2, 3], 2)], affine: [0, 1], zeroSecondDerivatives: true },
    { what: "on a last axis", f: (a, b, c) => stack([a, b, c], -1), inputs: [spread([2, 2], 1), spread([2, 2], 2), spread([2, 2], 3)], affine: [0, 1, 2], zeroSecondDerivatives: true },
    { what: "on a middle axis", f: (a, b) => stack([a, b], 1), inputs: [spread([2, 2], 1), spread([2, 2], 2)], affine: [0, 1], zeroSecondDerivatives: true },
    { what: "scalars", f: (a, b) => stack([a, b]), inputs: [spread([], 1), spread([], 2)], affine: [0, 1], zeroSecondDerivatives: true },
  ],
};
