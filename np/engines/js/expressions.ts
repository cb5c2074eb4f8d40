import type { BinaryName, FusedName, UnaryName } from "../../engine.ts";
import { erf } from "./erf.ts";

// Each element of a result as an expression of the operands b to g. A branch on the sign of random
// data is mispredicted half the time, which costs about ten additions; a two-entry lookup costs
// one. So values are selected with `pick`.

/** `yes` where the condition holds, else `no`. */
const chosen = (condition: string, yes: string, no: string): string =>
  `(pick[0] = ${no}, pick[1] = ${yes}, pick[+(${condition})])`;

/** What the expressions can use besides Math. */
export const scope: { readonly pick: Float64Array; readonly erf: (x: number) => number } = {
  pick: new Float64Array(2),
  erf,
};

export const unaries: Record<UnaryName, string> = {
  neg: "-b",
  exp: "Math.exp(b)",
  expm1: "Math.expm1(b)",
  log: "Math.log(b)",
  sqrt: "Math.sqrt(b)",
  abs: "Math.abs(b)",
  // e^−|b| does not overflow.
  sigmoid: "(b >= 0 ? 1 : Math.exp(b)) / (1 + Math.exp(-Math.abs(b)))",
  tanh: "Math.tanh(b)",
  erf: "erf(b)",
  reciprocal: "1 / b",
  log1p: "Math.log1p(b)",
  log2: "Math.log2(b)",
  log10: "Math.log10(b)",
  sin: "Math.sin(b)",
  cos: "Math.cos(b)",
  tan: "Math.tan(b)",
  arcsin: "Math.asin(b)",
  arccos: "Math.acos(b)",
  arctan: "Math.atan(b)",
  sinh: "Math.sinh(b)",
  cosh: "Math.cosh(b)",
  floor: "Math.floor(b)",
  ceil: "Math.ceil(b)",
  trunc: "Math.trunc(b)",
  // Halves go to the even neighbour: a number plus 2^52 has no digits behind the point. ±0, larger numbers and NaN stay.
  rint: "b === 0 || !(Math.abs(b) < 4503599627370496) ? b : b < 0 ? -(4503599627370496 - b - 4503599627370496) : b + 4503599627370496 - 4503599627370496",
  sign: "b === b ? +(b > 0) - +(b < 0) : b",
  isfinite: "+(b - b === 0)",
};

export const binaries: Record<BinaryName, string> = {
  add: "b + c",
  sub: "b - c",
  mul: "b * c",
  div: "b / c",
  // C's pow, as in NumPy: 1 to any power is 1, even NaN; (−1)^±Infinity is 1. JavaScript gives NaN
  // for both.
  pow: "b === 1 || (b === -1 && (c === Infinity || c === -Infinity)) ? 1 : Math.pow(b, c)",
  // Not Math.max: −0 and 0 are equal, and NumPy keeps the second of two equals.
  maximum: `c !== c ? c : ${chosen("!(b <= c)", "b", "c")}`,
  minimum: `c !== c ? c : ${chosen("!(b >= c)", "b", "c")}`,
  // max + log(1 + e^−|b−c|); equal infinities are handled first, since their difference is NaN.
  logaddexp: "b === c ? b + Math.LN2 : (b > c ? b : c) + Math.log1p(Math.exp(b > c ? c - b : b - c))",
  wherePositive: chosen("b <= 0", "0", "c"),
  greater: "+(b > c)",
  greaterEqual: "+(b >= c)",
  less: "+(b < c)",
  lessEqual: "+(b <= c)",
  equal: "+(b === c)",
  notEqual: "+(b !== c)",
};

export const fusions: Record<FusedName, string> = {
  standardize: "(b - c) / d",
  addcmul: "b + c * d",
  normalize: "(b - c) * d + e",
  addcmul2: "b + c * d + (e - g) * f",
};

/**
 * The product of two int32 can need 62 bits. NumPy keeps the lowest 32; a float64 holds only the
 * highest 53.
 */
export const integerMul: string = "Math.imul(b, c)";

/** c where b is not 0, else d. Not `b ? …`: NaN is not 0. */
export const where: string = chosen("b !== 0", "c", "d");
