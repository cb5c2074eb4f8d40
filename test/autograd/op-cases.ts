import type { Tensor } from "chalk-and-tape/autograd";
import type { NDArray, OpName } from "chalk-and-tape/np";
import * as np from "chalk-and-tape/np";
import { away, positive, spread } from "./inputs.ts";
import { arithmetic, choice, type OpCase, reduction, unary } from "./op-families.ts";
import type { TensorFunction } from "./tape-pair.ts";

const product: TensorFunction = (a, b) => (a as Tensor).matmul(b as Tensor);
const indices: NDArray = np.array([[2, 0], [1, 1], [0, 2]], { dtype: "int32" }); // biome-ignore format: a matrix
const mask: NDArray = np.array([[1, 0, 0], [0, 1, 1]], { dtype: "uint8" }); // biome-ignore format: a matrix
const only = (f: (x: Tensor) => Tensor): TensorFunction => f as TensorFunction;

/** At least one case for every primitive: a missing key does not compile. */
// biome-ignore format: a table, one case a line
export const opCases: Readonly<Record<OpName, readonly OpCase[]>> = {
  add: arithmetic("add"),
  sub: arithmetic("sub"),
  mul: arithmetic("mul"),
  div: arithmetic("div"),
  pow: [
    { what: "both arrays", f: (x, p) => x.pow(p), inputs: [positive([3, 2], 1), spread([3, 2], 2)], curved: true },
    { what: "x stretched", f: (x, p) => x.pow(p), inputs: [positive([2], 1), spread([3, 2], 2)], curved: true },
    { what: "exponent stretched", f: (x, p) => x.pow(p), inputs: [positive([3, 2], 1), spread([], 2)], curved: true },
    { what: "square of both signs", f: only((x) => x.pow(2)), inputs: [spread([3, 2], 1)], curved: true },
    { what: "cube of both signs", f: only((x) => x.pow(3)), inputs: [spread([3, 2], 1)], curved: true },
    { what: "reciprocal", f: only((x) => x.pow(-1)), inputs: [away([2, 2], 1)], curved: true },
    { what: "fractional", f: only((x) => x.pow(2.5)), inputs: [positive([3, 2], 1)], curved: true },
  ],
  maximum: choice("maximum"),
  minimum: choice("minimum"),
  logAddExp: choice("logAddExp"),
  neg: [{ what: "2-D", f: only((x) => x.neg()), inputs: [spread([2, 3], 1)], affine: [0] }],
  exp: unary("exp", spread([2, 3], 1)),
  log: unary("log", positive([2, 3], 1)),
  sqrt: unary("sqrt", positive([2, 3], 1)),
  abs: unary("abs", spread([2, 3], 1)),
  sigmoid: unary("sigmoid", spread([2, 3], 1)),
  tanh: unary("tanh", spread([2, 3], 1)),
  astype: [
    { what: "to the dtype it has", f: only((x) => x.apply("astype", x, "float64")), inputs: [spread([2, 3], 1)], affine: [0] },
  ],
  where: [
    { what: "equal shapes", f: (a, b) => np.where(mask, a, b), inputs: [spread([2, 3], 1), spread([2, 3], 2)], affine: [0, 1] },
    { what: "both stretched", f: (a, b) => np.where(mask, a, b), inputs: [spread([3], 1), spread([2, 1], 2)], affine: [0, 1] },
    { what: "all three stretched", f: (a, b) => np.where(mask.slice(0), a, b), inputs: [spread([4, 1], 1), spread([], 2)], affine: [0, 1] },
    { what: "a number on the left", f: only((b) => np.where(mask, 2, b)), inputs: [spread([2, 3], 2)], affine: [0] },
    { what: "a number on the right", f: only((a) => np.where(mask, a, 2)), inputs: [spread([2, 3], 2)], affine: [0] },
  ],
  sum: reduction("sum"),
  mean: reduction("mean"),
  max: [
    { what: "of all", f: only((x) => x.max()), inputs: [spread([3, 4], 1)] },
    { what: "of all, keepdims", f: only((x) => x.max(null, true)), inputs: [spread([3, 4], 1)] },
    { what: "along axis 0", f: only((x) => x.max(0)), inputs: [spread([3, 4], 1)] },
    { what: "along axis -1, keepdims", f: only((x) => x.max(-1, true)), inputs: [spread([3, 4], 1)] },
    { what: "along the middle of three axes", f: only((x) => x.max(-2)), inputs: [spread([2, 3, 2], 1)] },
    { what: "min along axis 1", f: only((x) => x.min(1)), inputs: [spread([3, 4], 1)] },
  ],
  logSumExp: reduction("logSumExp"),
  matmul: [
    { what: "2-D", f: product, inputs: [spread([2, 3], 1), spread([3, 4], 2)], affine: [0, 1], curved: true },
    { what: "square", f: product, inputs: [spread([3, 3], 1), spread([3, 3], 2)], affine: [0, 1], curved: true },
    { what: "a transposed right side", f: (a, b) => a.matmul(b.T), inputs: [spread([2, 3], 1), spread([4, 3], 2)], affine: [0, 1] },
    { what: "batched", f: product, inputs: [spread([2, 2, 3], 1), spread([2, 3, 2], 2)], affine: [0, 1], curved: true },
    { what: "one matrix for all batches", f: product, inputs: [spread([2, 2, 2, 3], 1), spread([3, 2], 2)], affine: [0, 1] },
    { what: "one matrix on the left", f: product, inputs: [spread([2, 3], 1), spread([4, 3, 2], 2)], affine: [0, 1] },
    { what: "batches stretched on both sides", f: product, inputs: [spread([3, 1, 2, 2], 1), spread([2, 2, 3], 2)], affine: [0, 1], curved: true },
    { what: "inner length 1", f: product, inputs: [spread([3, 1], 1), spread([1, 2], 2)], affine: [0, 1] },
  ],
  transpose: [
    { what: "reversed", f: only((x) => x.T), inputs: [spread([2, 3, 4], 1)], affine: [0] },
    { what: "a cycle, which is not its own inverse", f: only((x) => x.transpose([1, 2, 0])), inputs: [spread([2, 3, 4], 1)], affine: [0] },
    { what: "the last two swapped", f: only((x) => x.mT), inputs: [spread([2, 3, 3], 1)], affine: [0] },
  ],
  reshape: [
    { what: "flat", f: only((x) => x.reshape(-1)), inputs: [spread([2, 3, 2], 1)], affine: [0] },
    { what: "of a view that must be copied", f: only((x) => x.T.reshape(3, 4)), inputs: [spread([4, 3], 1)], affine: [0] },
    { what: "from a scalar", f: only((x) => x.reshape(1, 1)), inputs: [spread([], 1)], affine: [0] },
  ],
  broadcastTo: [
    { what: "new axes and stretched ones", f: only((x) => x.broadcastTo([2, 3, 4])), inputs: [spread([3, 1], 1)], affine: [0] },
    { what: "a scalar", f: only((x) => x.broadcastTo([2, 2])), inputs: [spread([], 1)], affine: [0] },
  ],
  slice: [
    { what: "a range and an index", f: only((x) => x.slice([1, 3], 0)), inputs: [spread([4, 3], 1)], affine: [0] },
    { what: "steps, backwards too", f: only((x) => x.slice([null, null, -2], [0, null, 2])), inputs: [spread([5, 4], 1)], affine: [0] },
    { what: "negative ends", f: only((x) => x.slice(null, [-3, -1])), inputs: [spread([2, 4], 1)], affine: [0] },
    { what: "a negative index", f: only((x) => x.slice(-1)), inputs: [spread([3, 2], 1)], affine: [0] },
  ],
  unslice: [
    { what: "into steps", f: only((x) => np.unslice(x, [[0, null, 2], 1], [5, 3])), inputs: [spread([3], 1)], affine: [0] },
    { what: "backwards", f: only((x) => np.unslice(x, [[null, null, -1]], [3, 2])), inputs: [spread([3, 2], 1)], affine: [0] },
  ],
  pad: [
    { what: "other widths on each side", f: only((x) => np.pad(x, [[1, 0], [2, 3]])), inputs: [spread([2, 3], 1)], affine: [0] },
    { what: "with another value", f: only((x) => np.pad(x, 1, -2)), inputs: [spread([2, 2], 1)], affine: [0] },
  ],
  gather: [
    { what: "along axis 1, an index twice", f: only((x) => np.gather(x, indices, 1)), inputs: [spread([3, 3], 1)], affine: [0] },
    { what: "along axis 0, an index twice", f: only((x) => np.gather(x, indices, 0)), inputs: [spread([3, 2], 1)], affine: [0] },
    { what: "along axis -1", f: only((x) => np.gather(x, indices, -1)), inputs: [spread([3, 4], 1)], affine: [0] },
  ],
  scatter: [
    { what: "along axis 1, two at one place", f: only((x) => np.scatter(x, indices, 1, [3, 4])), inputs: [spread([3, 2], 1)], affine: [0] },
    { what: "along axis -2", f: only((x) => np.scatter(x, indices, -2, [5, 2])), inputs: [spread([3, 2], 1)], affine: [0] },
  ],
  concatenate: [
    { what: "along axis 0, unequal lengths", f: (a, b, c) => np.concatenate([a, b, c]), inputs: [spread([1, 2], 1), spread([3, 2], 2), spread([2, 2], 3)], affine: [0, 1, 2] },
    { what: "along axis -1", f: (a, b) => np.concatenate([a, b], -1), inputs: [spread([2, 1], 1), spread([2, 3], 2)], affine: [0, 1] },
    { what: "one tensor twice", f: only((a) => np.concatenate([a, a.mul(3)], 1)), inputs: [spread([2, 2], 1)], affine: [0] },
  ],
  stack: [
    { what: "on a first axis", f: (a, b) => np.stack([a, b]), inputs: [spread([2, 3], 1), spread([2, 3], 2)], affine: [0, 1] },
    { what: "on a last axis", f: (a, b, c) => np.stack([a, b, c], -1), inputs: [spread([2, 2], 1), spread([2, 2], 2), spread([2, 2], 3)], affine: [0, 1, 2] },
    { what: "on a middle axis", f: (a, b) => np.stack([a, b], 1), inputs: [spread([2, 2], 1), spread([2, 2], 2)], affine: [0, 1] },
    { what: "scalars", f: (a, b) => np.stack([a, b]), inputs: [spread([], 1), spread([], 2)], affine: [0, 1] },
  ],
};
