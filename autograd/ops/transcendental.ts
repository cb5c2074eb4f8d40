import { cos, cosh, exp, sin, sinh, sqrt } from "../../np/index.ts";
import type { Ops } from "./vjp.ts";

/** Roots, exponentials, logarithms, and functions of angles. */
// biome-ignore format: a sheet, one rule a line
export const transcendental: Pick<Ops, "exp" | "expm1" | "log" | "log1p" | "log2" | "log10" | "sqrt" | "sigmoid" | "tanh" | "erf" | "sin" | "cos" | "tan" | "arcsin" | "arccos" | "arctan" | "sinh" | "cosh"> = {
  exp: [(dy, _x, y) => dy.mul(y)],
  expm1: [(dy, x) => dy.mul(exp(x))], // y + 1 loses all digits where eˣ is small
  log: [(dy, x) => dy.div(x)],
  log1p: [(dy, x) => dy.div(x.add(1))],
  log2: [(dy, x) => dy.div(x.mul(Math.LN2))],
  log10: [(dy, x) => dy.div(x.mul(Math.LN10))],
  sqrt: [(dy, _x, y) => dy.div(y.mul(2))],
  sigmoid: [(dy, _x, y) => dy.mul(y).mul(y.neg().add(1))],
  tanh: [(dy, _x, y) => dy.mul(y.mul(y).neg().add(1))],
  erf: [(dy, x) => dy.mul(exp(x.mul(x).neg())).mul(2 / Math.sqrt(Math.PI))],
  sin: [(dy, x) => dy.mul(cos(x))],
  cos: [(dy, x) => dy.mul(sin(x)).neg()],
  tan: [(dy, _x, y) => dy.mul(y.mul(y).add(1))],
  arcsin: [(dy, x) => dy.div(sqrt(x.mul(x).neg().add(1)))],
  arccos: [(dy, x) => dy.div(sqrt(x.mul(x).neg().add(1))).neg()],
  arctan: [(dy, x) => dy.div(x.mul(x).add(1))],
  sinh: [(dy, x) => dy.mul(cosh(x))],
  cosh: [(dy, x) => dy.mul(sinh(x))],
};
