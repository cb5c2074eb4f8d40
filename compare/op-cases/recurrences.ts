import type { TensorFunction } from "../../autograd/index.ts";
import { array, cumprod, cumsum, type NDArray } from "../../np/index.ts";
import { linearRecurrence } from "../../np/internal.ts";
import { spread } from "./numbers.ts";
import type { Draw, OpCases } from "./op-case.ts";

const recurrence =
  (axis: number): TensorFunction =>
  (a, b) =>
    linearRecurrence(a, b, axis);
const holes = (): NDArray => array([[1, 0, 1, 1], [0, 1, 0, 1], [1, 1, 1, 0]]); // biome-ignore format: a matrix
/** The same draw with zeros in it, where y / x would be 0 / 0. */
const withZeros: Draw = (seed) => spread([3, 4], 1)(seed).mul(holes());

/** Sums and products that run along an axis. */
// biome-ignore format: a table, one case a line
export const recurrences: Pick<OpCases, "cumsum" | "linearRecurrence"> = {
  cumsum: [
    { what: "along axis 0", f: (x) => cumsum(x, 0), inputs: [spread([3, 4], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "along axis -2 of three", f: (x) => cumsum(x, -2), inputs: [spread([2, 3, 2], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "of the flattened array", f: (x) => cumsum(x), inputs: [spread([2, 3], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "of a scalar", f: (x) => cumsum(x, 0), inputs: [spread([], 1)], affine: [0], zeroSecondDerivatives: true },
  ],
  linearRecurrence: [
    { what: "along axis 0", f: recurrence(0), inputs: [spread([4, 2], 1), spread([4, 2], 2)], affine: [1] },
    { what: "along axis -2 of three", f: recurrence(-2), inputs: [spread([2, 3, 2], 1), spread([2, 3, 2], 2)], affine: [1] },
    { what: "cumprod along axis 1", f: (x) => cumprod(x, 1), inputs: [spread([2, 4], 1)] },
    { what: "cumprod of the flattened array", f: (x) => cumprod(x), inputs: [spread([2, 3], 1)] },
    { what: "cumprod at zeros", f: (x) => cumprod(x, -1), inputs: [withZeros] },
  ],
};
