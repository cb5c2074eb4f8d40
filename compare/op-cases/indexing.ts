import type { Tensor } from "../../autograd/index.ts";
import {
  array,
  diag,
  diagonal,
  flip,
  gather,
  median,
  type NDArray,
  quantile,
  repeat,
  roll,
  scatter,
  sort,
  split,
  take,
  topk,
  trace,
  unslice,
} from "../../np/index.ts";
import { spread } from "./numbers.ts";
import type { OpCases } from "./op-case.ts";

const indices = (): NDArray => array([[2, 0], [1, 1], [0, 2]], { dtype: "int32" }); // biome-ignore format: a matrix
const rows = (): NDArray => array([2, -1, 2], { dtype: "int32" });
const columns = (): NDArray => array([[0], [1]], { dtype: "int32" });
const mask = (): NDArray => array([[1, 0, 1], [0, 1, 0]], { dtype: "uint8" }); // biome-ignore format: a matrix

/** Indexing, and its inverses that place parts into an array. */
// biome-ignore format: a table, one case a line
export const indexing: Pick<OpCases, "slice" | "unslice" | "gather" | "scatter"> = {
  slice: [
    { what: "a range and an index", f: (x) => x.slice([1, 3], 0), inputs: [spread([4, 3], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "steps, backwards too", f: (x) => x.slice([null, null, -2], [0, null, 2]), inputs: [spread([5, 4], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "negative ends", f: (x) => x.slice(null, [-3, -1]), inputs: [spread([2, 4], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "take of a matrix of indices, negative ones too", f: (x) => take(x, array([[0, -1], [1, 1]]), 1), inputs: [spread([2, 3, 2], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "repeat, each element as often as a list says", f: (x) => repeat(x, [2, 0, 1], 1), inputs: [spread([2, 3], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "flip", f: (x) => flip(x, [0, -1]), inputs: [spread([2, 2, 3], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "roll along two axes", f: (x) => roll(x, [1, -2], [0, 1]), inputs: [spread([3, 4], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "the middle one of three parts", f: (x) => split(x, [1, 3], 1)[1] as Tensor, inputs: [spread([2, 4], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "the diagonals of several matrices", f: (x) => diagonal(x, -1, 1, 2), inputs: [spread([2, 3, 4], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "trace", f: (x) => trace(x, 1), inputs: [spread([3, 4], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "positions, one twice", f: (x) => x.slice([1, null], rows()), inputs: [spread([3, 4], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "positions on two axes", f: (x) => x.slice(rows(), null, columns()), inputs: [spread([3, 2, 3], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "a mask and a range", f: (x) => x.slice(mask(), [null, null, -1]), inputs: [spread([2, 3, 2], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "a negative index", f: (x) => x.slice(-1), inputs: [spread([3, 2], 1)], affine: [0], zeroSecondDerivatives: true },
  ],
  unslice: [
    { what: "into steps", f: (x) => unslice(x, [[0, null, 2], 1], [5, 3]), inputs: [spread([3], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "diag of a vector", f: (x) => diag(x, -1), inputs: [spread([3], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "added at positions, two at one place", f: (x) => unslice(x, [null, rows()], [2, 4]), inputs: [spread([2, 3], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "into a mask", f: (x) => unslice(x, [mask(), -1], [2, 3, 2]), inputs: [spread([3], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "backwards", f: (x) => unslice(x, [[null, null, -1]], [3, 2]), inputs: [spread([3, 2], 1)], affine: [0], zeroSecondDerivatives: true },
  ],
  gather: [
    { what: "along axis 1, an index twice", f: (x) => gather(x, indices(), 1), inputs: [spread([3, 3], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "along axis 0, an index twice", f: (x) => gather(x, indices(), 0), inputs: [spread([3, 2], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "sort along an axis", f: (x) => sort(x, 0), inputs: [spread([4, 3], 1)], zeroSecondDerivatives: true },
    { what: "the largest two", f: (x) => topk(x, 2).values, inputs: [spread([2, 4], 1)], zeroSecondDerivatives: true },
    { what: "median of an even number", f: (x) => median(x, 1), inputs: [spread([2, 4], 1)], zeroSecondDerivatives: true },
    { what: "quantile between two neighbours", f: (x) => quantile(x, 0.3), inputs: [spread([7], 1)], zeroSecondDerivatives: true },
    { what: "along axis -1", f: (x) => gather(x, indices(), -1), inputs: [spread([3, 4], 1)], affine: [0], zeroSecondDerivatives: true },
  ],
  scatter: [
    { what: "along axis 1, two at one place", f: (x) => scatter(x, indices(), 1, [3, 4]), inputs: [spread([3, 2], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "along axis -2", f: (x) => scatter(x, indices(), -2, [5, 2]), inputs: [spread([3, 2], 1)], affine: [0], zeroSecondDerivatives: true },
  ],
};
