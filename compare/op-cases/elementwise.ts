import type { Tensor, TensorFunction } from "../../autograd/index.ts";
import {
  abs,
  array,
  clip,
  logaddexp,
  maximum,
  minimum,
  type NDArray,
  reciprocal,
  where,
} from "../../np/index.ts";
import { wherePositive } from "../../np/internal.ts";
import { away, spread } from "./numbers.ts";
import type { Draw, OpCases } from "./op-case.ts";

const mask = (): NDArray => array([[1, 0, 0], [0, 1, 1]], { dtype: "uint8" }); // biome-ignore format: a matrix
const signs = (): NDArray => array([[1.5, -2, 0], [-1, 3, 0.5]]); // biome-ignore format: a matrix
const functions = { abs, logaddexp, maximum, minimum, reciprocal };

function choice(op: "maximum" | "minimum" | "logaddexp"): OpCases["maximum"] {
  const zeroSecondDerivatives = op === "logaddexp" ? {} : { zeroSecondDerivatives: true as const };
  const f: TensorFunction = (a, b) => functions[op](a, b);
  return [
    { what: "equal shapes", f, inputs: [spread([3, 3], 1), spread([3, 3], 2)], ...zeroSecondDerivatives },
    {
      what: "both stretched",
      f,
      inputs: [spread([3, 1], 1), spread([2, 1, 4], 2)],
      ...zeroSecondDerivatives,
    },
    { what: "a scalar on the left", f, inputs: [spread([], 1), spread([2, 3], 2)], ...zeroSecondDerivatives },
    {
      what: "a number on the right",
      f: (a) => functions[op](a, 0.123),
      inputs: [spread([3, 3], 3)],
      ...zeroSecondDerivatives,
    },
    {
      what: "0 on the right",
      f: (a) => functions[op](a, 0),
      inputs: [spread([3, 3], 4)],
      ...zeroSecondDerivatives,
    },
  ];
}

function unary(op: "abs" | "reciprocal", inputs: Draw): OpCases["abs"] {
  const zeroSecondDerivatives = op === "abs" ? { zeroSecondDerivatives: true as const } : {};
  const f = (x: Tensor): Tensor => functions[op](x);
  return [
    { what: "2-D", f, inputs: [inputs], ...zeroSecondDerivatives },
    { what: "a transposed view", f: (x) => f(x.T), inputs: [inputs], ...zeroSecondDerivatives },
    { what: "a scalar", f: (x) => f(x.slice(0, 0)), inputs: [inputs], ...zeroSecondDerivatives },
  ];
}

/** Elementwise functions of one array, and choices between two. */
// biome-ignore format: a table, one case a line
export const elementwise: Pick<OpCases, "maximum" | "minimum" | "logaddexp" | "neg" | "abs" | "reciprocal" | "clip" | "astype" | "where" | "wherePositive"> = {
  maximum: choice("maximum"),
  minimum: choice("minimum"),
  logaddexp: choice("logaddexp"),
  neg: [{ what: "2-D", f: (x) => x.neg(), inputs: [spread([2, 3], 1)], affine: [0], zeroSecondDerivatives: true }],
  reciprocal: unary("reciprocal", away([2, 3], 1)),
  clip: [
    { what: "between two bounds", f: (x) => clip(x, -0.213, 0.123), inputs: [spread([3, 3], 1)], zeroSecondDerivatives: true },
    { what: "from below", f: (x) => clip(x, 0.123), inputs: [spread([3, 3], 1)], zeroSecondDerivatives: true },
    { what: "from above", f: (x) => clip(x, null, 0.123), inputs: [spread([3, 3], 1)], zeroSecondDerivatives: true },
  ],
  abs: unary("abs", spread([2, 3], 1)),
  astype: [
    { what: "to the dtype it has", f: (x) => x.apply("astype", x, "float64"), inputs: [spread([2, 3], 1)], affine: [0], zeroSecondDerivatives: true },
  ],
  wherePositive: [
    { what: "equal shapes", f: (a) => wherePositive(signs(), a), inputs: [spread([2, 3], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "a stretched", f: (a) => wherePositive(signs(), a), inputs: [spread([2, 1], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "x stretched", f: (a) => wherePositive(signs().slice(1), a), inputs: [spread([2, 3], 2)], affine: [0], zeroSecondDerivatives: true },
  ],
  where: [
    { what: "equal shapes", f: (a, b) => where(mask(), a, b), inputs: [spread([2, 3], 1), spread([2, 3], 2)], affine: [0, 1], zeroSecondDerivatives: true },
    { what: "both stretched", f: (a, b) => where(mask(), a, b), inputs: [spread([3], 1), spread([2, 1], 2)], affine: [0, 1], zeroSecondDerivatives: true },
    { what: "all three stretched", f: (a, b) => where(mask().slice(0), a, b), inputs: [spread([4, 1], 1), spread([], 2)], affine: [0, 1], zeroSecondDerivatives: true },
    { what: "a number on the left", f: (b) => where(mask(), 2, b), inputs: [spread([2, 3], 2)], affine: [0], zeroSecondDerivatives: true },
    { what: "a number on the right", f: (a) => where(mask(), a, 2), inputs: [spread([2, 3], 2)], affine: [0], zeroSecondDerivatives: true },
  ],
};
