import type { Tensor, TensorFunction } from "../../autograd/index.ts";
import { type Axis, array, logSoftmax, logsumexp, max, min, norm, oneHot, prod } from "../../np/index.ts";
import { softmaxCrossEntropy, softmaxMinus } from "../../np/internal.ts";
import { spread } from "./numbers.ts";
import type { Draw, OpCases } from "./op-case.ts";

const threes: readonly (readonly [axis: Axis, keepdims?: boolean])[] = [[null], [null, true], [0], [1, true], [-1], [-2, true], [[0, 2]], [[-1, 0], true], [[0, 1, 2]]]; // biome-ignore format: a list
/** A draw with zeros in it: none, one or several to a row, where y / x would be 0 / 0. */
const withZeros: Draw = (seed) => spread([4, 3], 2)(seed).mul(array([[1, 1, 1], [1, 0, 1], [0, 0, 1], [0, 0, 0]])); // biome-ignore format: a matrix

function reduction(op: "sum" | "mean" | "logsumexp"): OpCases["sum"] {
  const of =
    (axis: Axis, keepdims?: boolean): TensorFunction =>
    (x) =>
      op === "logsumexp" ? logsumexp(x, axis, keepdims) : x[op](axis, keepdims);
  const more = op === "logsumexp" ? {} : { affine: [0], zeroSecondDerivatives: true as const };
  return [
    { what: "of a scalar", f: of(null), inputs: [spread([], 5)], affine: [0], zeroSecondDerivatives: true },
    ...threes.map(([axis, keepdims]) => ({
      what: `axis ${JSON.stringify(axis)}${keepdims ? ", keepdims" : ""}`,
      f: of(axis, keepdims),
      inputs: [spread([2, 3, 4], 5)],
      ...more,
    })),
  ];
}

// biome-ignore format: a table, one case a line
function extreme(of: typeof max): OpCases["max"] {
  return [
    { what: "of all", f: (x) => of(x), inputs: [spread([3, 4], 1)], zeroSecondDerivatives: true },
    { what: "of all, keepdims", f: (x) => of(x, null, true), inputs: [spread([3, 4], 1)], zeroSecondDerivatives: true },
    { what: "along axis 0", f: (x) => of(x, 0), inputs: [spread([3, 4], 1)], zeroSecondDerivatives: true },
    { what: "along axis -1, keepdims", f: (x) => of(x, -1, true), inputs: [spread([3, 4], 1)], zeroSecondDerivatives: true },
    { what: "along the middle of three axes", f: (x) => of(x, -2), inputs: [spread([2, 3, 2], 1)], zeroSecondDerivatives: true },
  ];
}

/** Sums, means, maxima, minima and softmax. */
// biome-ignore format: a table, one case a line
export const reductions: Pick<OpCases, "sum" | "mean" | "prod" | "max" | "min" | "logsumexp" | "logSoftmax" | "softmaxCrossEntropy" | "softmaxMinus"> = {
  sum: [
    ...reduction("sum"),
    { what: "norm of all", f: (x) => norm(x), inputs: [spread([2, 3], 1)] },
    { what: "norm of rows", f: (x) => norm(x, null, -1, true), inputs: [spread([2, 3], 1)] },
    { what: "norm 1", f: (x) => norm(x, 1, 0), inputs: [spread([2, 3], 1)], zeroSecondDerivatives: true },
    { what: "norm 3", f: (x) => norm(x, 3, 1), inputs: [spread([2, 3], 1)] },
    { what: "the largest sum of a column", f: (x) => norm(x, 1), inputs: [spread([3, 2], 1)], zeroSecondDerivatives: true },
  ],
  mean: reduction("mean"),
  prod: [
    { what: "of a scalar", f: (x) => prod(x), inputs: [spread([], 5)], affine: [0], zeroSecondDerivatives: true },
    ...threes.map(([axis, keepdims]) => ({ what: `axis ${JSON.stringify(axis)}${keepdims ? ", keepdims" : ""}`, f: (x: Tensor) => prod(x.mul(2), axis, keepdims), inputs: [spread([2, 2, 3], 5)] })),
    { what: "of rows with zeros", f: (x) => prod(x, 1), inputs: [withZeros] },
  ],
  max: extreme(max),
  min: extreme(min),
  logsumexp: reduction("logsumexp"),
  logSoftmax: [
    { what: "along axis 1", f: (x) => logSoftmax(x, 1), inputs: [spread([3, 4], 1)] },
    { what: "along axis -2 of three", f: (x) => logSoftmax(x, -2), inputs: [spread([2, 3, 2], 1)] },
    { what: "along axis 0, where one is far ahead", f: (x) => logSoftmax(x.mul(4), 0), inputs: [spread([3, 2], 9)] },
  ],
  softmaxCrossEntropy: [
    { what: "along axis 1", f: (x, t) => softmaxCrossEntropy(x, t, 1), inputs: [spread([3, 4], 1), spread([3, 4], 2)], affine: [1] },
    { what: "along axis -2 of three", f: (x, t) => softmaxCrossEntropy(x, t, -2), inputs: [spread([2, 3, 2], 1), spread([2, 3, 2], 2)], affine: [1] },
    { what: "along axis 0, of a view, where t holds zeros", f: (x) => softmaxCrossEntropy(x.T, oneHot(array([2, 0]), 3).T, 0), inputs: [spread([2, 3], 1)] },
    { what: "of one row", f: (x, t) => softmaxCrossEntropy(x, t, 0), inputs: [spread([4], 1), spread([4], 2)], affine: [1] },
  ],
  softmaxMinus: [
    { what: "along axis 1, times one number for each row", f: (x, t, scale) => softmaxMinus(x, t, scale, 1), inputs: [spread([3, 4], 1), spread([3, 4], 2), spread([3], 3)], affine: [1, 2] },
    { what: "along axis -2 of three", f: (x, t, scale) => softmaxMinus(x, t, scale, -2), inputs: [spread([2, 3, 2], 1), spread([2, 3, 2], 2), spread([2, 2], 3)], affine: [1, 2] },
    { what: "times a number", f: (x, t) => softmaxMinus(x, t, -1.75, 0), inputs: [spread([3, 2], 1), spread([3, 2], 2)], affine: [1] },
  ],
};
