import type { Tensor, TensorFunction } from "../../autograd/index.ts";
import { addcmul, sqrt, standardize, std, var as variance, vecdot } from "../../np/index.ts";
import { addcmul2, comoments, moments, normalize } from "../../np/internal.ts";
import { away, positive, spread } from "./numbers.ts";
import type { OpCase, OpCases } from "./op-case.ts";

const ofItsOwn =
  (axes: readonly number[]): TensorFunction =>
  (x) =>
    standardize(x, x.mean(axes, true), sqrt(variance(x, axes, true).add(0.1)), axes);
const normalizeByItsOwn =
  (axes: readonly number[]): TensorFunction =>
  (x, weight, bias) => {
    const { mean, variance } = moments(x as Tensor, axes);
    return normalize(x as Tensor, weight as Tensor, bias as Tensor, mean, sqrt(variance.add(0.1)), axes);
  };
const both = ({ mean, variance }: { mean: Tensor; variance: Tensor }): Tensor => mean.mul(0.7).add(variance);
const bothSums = ({ sum, comoment }: { sum: Tensor; comoment: Tensor }): Tensor => sum.mul(0.7).add(comoment);
function productSums(what: string, shape: readonly number[], f: TensorFunction): OpCase {
  return { what, f, inputs: [spread(shape, 1), spread(shape, 2)], affine: [0, 1] };
}

/** Sums of products, variances, and the parts of normalisations. */
// biome-ignore format: a table, one case a line
export const statistics: Pick<OpCases, "addcmul" | "addcmul2" | "vecdot" | "var" | "moments" | "comoments" | "standardize" | "normalize"> = {
  addcmul: [
    { what: "equal shapes", f: (a, b, c) => addcmul(a, b, c), inputs: [spread([3, 2], 1), spread([3, 2], 2), spread([3, 2], 3)], affine: [0, 1, 2], zeroSecondDerivatives: [0] },
    { what: "a bias and a scale per channel", f: (a, b, c) => addcmul(a, b, c), inputs: [spread([3, 1], 1), spread([2, 3, 2], 2), spread([3, 1], 3)], affine: [0, 1, 2], zeroSecondDerivatives: [0] },
    { what: "b stretched", f: (a, b, c) => addcmul(a, b, c), inputs: [spread([2, 2], 1), spread([], 2), spread([3, 2, 1], 3)], affine: [0, 1, 2], zeroSecondDerivatives: [0] },
  ],
  addcmul2: [
    { what: "equal shapes", f: (a, b, c, d, e, center) => addcmul2(a, b, c, d, e, center), inputs: [1, 2, 3, 4, 5, 6].map((which) => spread([3, 2], which)), affine: [0, 1, 2, 3, 4, 5], zeroSecondDerivatives: [0] },
    { what: "two arrays, each with a number for its channel", f: (a, b, c, d, e, center) => addcmul2(a, b, c, d, e, center), inputs: [spread([3, 1], 1), spread([2, 3, 2], 2), spread([3, 1], 3), spread([2, 3, 2], 4), spread([3, 1], 5), spread([3, 1], 6)], affine: [0, 1, 2, 3, 4, 5], zeroSecondDerivatives: [0] },
    { what: "all stretched", f: (a, b, c, d, e, center) => addcmul2(a, b, c, d, e, center), inputs: [spread([2], 1), spread([], 2), spread([3, 1], 3), spread([3, 2], 4), spread([1, 2], 5), spread([2], 6)], affine: [0, 1, 2, 3, 4, 5], zeroSecondDerivatives: [0] },
  ],
  vecdot: [
    productSums("along the last axis", [3, 4], (a, b) => vecdot(a, b)),
    productSums("along the first, keepdims", [3, 4], (a, b) => vecdot(a, b, 0, true)),
    productSums("per channel", [2, 3, 2, 2], (a, b) => vecdot(a, b, [0, 2, 3])),
    productSums("of all", [3, 2], (a, b) => vecdot(a, b, null)),
  ],
  var: [
    { what: "of all", f: (x) => variance(x), inputs: [spread([3, 2], 1)] },
    { what: "along the last axis, keepdims", f: (x) => variance(x, -1, true), inputs: [spread([2, 3], 1)] },
    { what: "per channel", f: (x) => variance(x, [0, 2]), inputs: [spread([2, 3, 2], 1)] },
    { what: "divided by n − 1", f: (x) => variance(x, 1, true, { ddof: 1 }), inputs: [spread([2, 4], 1)] },
    { what: "std of all", f: (x) => std(x), inputs: [spread([3, 2], 1)] },
    { what: "std along an axis, divided by n − 1", f: (x) => std(x, 0, false, { ddof: 1 }), inputs: [spread([4, 2], 1)] },
  ],
  moments: [
    { what: "per channel", f: (x) => both(moments(x, [0, 2])), inputs: [spread([2, 3, 2], 1)] },
    { what: "per column", f: (x) => both(moments(x, [0])), inputs: [spread([3, 2], 1)] },
    { what: "of all", f: (x) => both(moments(x, [0, 1])), inputs: [spread([3, 2], 1)] },
  ],
  comoments: [
    { what: "per channel", f: (x, y, center) => bothSums(comoments(x, y, center, [0, 2])), inputs: [spread([2, 3, 2], 1), spread([2, 3, 2], 2), spread([1, 3, 1], 3)], affine: [0, 1, 2] },
    { what: "per column, around y's own mean", f: (x, y) => bothSums(comoments(x, y, y.mean([0], true), [0])), inputs: [spread([3, 2], 1), spread([3, 2], 2)], affine: [0, 1] },
  ],
  standardize: [
    { what: "by its own mean and deviation, per channel", f: ofItsOwn([0, 2]), inputs: [spread([2, 3, 2], 1)] },
    { what: "by its own mean and deviation, per row", f: ofItsOwn([1]), inputs: [spread([3, 4], 1)] },
    { what: "by constants", f: (x) => standardize(x, spread([3, 1], 2)(0), away([3, 1], 3)(0)), inputs: [spread([2, 3, 2], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "by constants that stretch it", f: (x) => standardize(x, spread([2, 3], 2)(0), positive([3], 3)(0)), inputs: [spread([3], 1)], affine: [0], zeroSecondDerivatives: true },
  ],  normalize: [
    { what: "by its own mean and deviation, per channel", f: normalizeByItsOwn([0, 2]), inputs: [spread([2, 3, 2], 1), spread([1, 3, 1], 2), spread([1, 3, 1], 3)], affine: [1, 2], zeroSecondDerivatives: [2] },
    { what: "by its own mean and deviation, per column", f: normalizeByItsOwn([0]), inputs: [spread([4, 2], 1), spread([1, 2], 2), spread([1, 2], 3)], affine: [1, 2], zeroSecondDerivatives: [2] },
    { what: "by constants", f: (x, weight, bias) => normalize(x, weight, bias, spread([1, 3, 1], 2)(0), away([1, 3, 1], 3)(0)), inputs: [spread([2, 3, 2], 1), spread([1, 3, 1], 2), spread([1, 3, 1], 3)], affine: [0, 1, 2], zeroSecondDerivatives: [2] },
  ],
};
