import type { Tensor } from "../../autograd/index.ts";
import {
  arccos,
  arcsin,
  arctan,
  cos,
  cosh,
  erf,
  exp,
  expm1,
  log,
  log1p,
  log2,
  log10,
  sigmoid,
  sin,
  sinh,
  sqrt,
  tan,
  tanh,
} from "../../np/index.ts";
import { positive, spread } from "./numbers.ts";
import type { Draw, OpCase, OpCases } from "./op-case.ts";

function unary(f: (x: Tensor) => Tensor, inputs: Draw = spread([2, 3], 1)): readonly [OpCase, ...OpCase[]] {
  return [
    { what: "2-D", f, inputs: [inputs] },
    { what: "a transposed view", f: (x) => f(x.T), inputs: [inputs] },
    { what: "a scalar", f: (x) => f(x.slice(0, 0)), inputs: [inputs] },
  ];
}

/** Roots, exponentials, logarithms, and functions of angles. */
export const transcendental: Pick<
  OpCases,
  | "arccos"
  | "arcsin"
  | "arctan"
  | "cos"
  | "cosh"
  | "erf"
  | "exp"
  | "expm1"
  | "log"
  | "log10"
  | "log1p"
  | "log2"
  | "sigmoid"
  | "sin"
  | "sinh"
  | "sqrt"
  | "tan"
  | "tanh"
> = {
  exp: unary(exp),
  expm1: unary(expm1),
  log: unary(log, positive([2, 3], 1)),
  log1p: unary(log1p),
  log2: unary(log2, positive([2, 3], 1)),
  log10: unary(log10, positive([2, 3], 1)),
  sqrt: unary(sqrt, positive([2, 3], 1)),
  sigmoid: unary(sigmoid),
  tanh: unary(tanh),
  erf: unary(erf),
  sin: unary(sin),
  cos: unary(cos),
  tan: unary(tan),
  arcsin: unary(arcsin),
  arccos: unary(arccos),
  arctan: unary(arctan),
  sinh: unary(sinh),
  cosh: unary(cosh),
};
