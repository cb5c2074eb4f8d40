import type { DType } from "chalk-and-tape/np";
import { floating, isFloat, promote } from "#internal/np";

const wrap = (bits: number, x: bigint, dtype: DType): number =>
  Number(dtype === "uint8" ? BigInt.asUintN(8, x) : BigInt.asIntN(bits, x));

/** Integers as NumPy computes them, modulo 2³² or 2⁸; floats by JavaScript. */
const arithmetic =
  (floats: (a: number, b: number) => number, integers: (a: bigint, b: bigint) => bigint) =>
  (a: number, b: number, result: DType): number =>
    isFloat(result) ? floats(a, b) : wrap(32, integers(BigInt(a), BigInt(b)), result);

type Scalar = (a: number, b: number, result: DType) => number;
export interface BinaryReference {
  readonly result: (a: DType, b: DType) => DType;
  readonly f: Scalar;
}

const mask = (f: (a: number, b: number) => boolean): BinaryReference => ({
  result: () => "uint8",
  f: (a, b) => (f(a, b) ? 1 : 0),
});
const fractional = (a: DType, b: DType): DType => floating(promote(a, b));

function logaddexp(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.NaN;
  const [high, low] = a > b ? [a, b] : [b, a];
  return high === low ? high + Math.LN2 : high + Math.log1p(Math.exp(low - high));
}

export const binaryReferences: Record<string, BinaryReference> = {
  add: { result: promote, f: arithmetic((a, b) => a + b, (a, b) => a + b) }, // biome-ignore format: one a line
  sub: { result: promote, f: arithmetic((a, b) => a - b, (a, b) => a - b) }, // biome-ignore format: one a line
  mul: { result: promote, f: arithmetic((a, b) => a * b, (a, b) => a * b) }, // biome-ignore format: one a line
  div: { result: fractional, f: (a, b) => a / b },
  pow: { result: promote, f: (a, b) => (a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b) },
  // Of 0 and −0 the second is kept: which is NumPy's right, but here it is ours.
  maximum: { result: promote, f: (a, b) => (a === 0 && b === 0 ? b : Math.max(a, b)) },
  minimum: { result: promote, f: (a, b) => (a === 0 && b === 0 ? b : Math.min(a, b)) },
  logaddexp: { result: fractional, f: logaddexp },
  greater: mask((a, b) => a > b),
  greaterEqual: mask((a, b) => a >= b),
  less: mask((a, b) => a < b),
  lessEqual: mask((a, b) => a <= b),
  equal: mask((a, b) => a === b),
  notEqual: mask((a, b) => a !== b),
};

export interface UnaryReference {
  readonly result: (x: DType) => DType;
  readonly f: (x: number) => number;
}
const same = (dtype: DType): DType => dtype;

export const unaryReferences: Record<string, UnaryReference> = {
  neg: { result: same, f: (x) => -x },
  abs: { result: same, f: Math.abs },
  sign: { result: same, f: (x) => Math.sign(x) + 0 },
  isfinite: { result: () => "uint8", f: (x) => (Number.isFinite(x) ? 1 : 0) },
  exp: { result: floating, f: Math.exp },
  expm1: { result: floating, f: Math.expm1 },
  log: { result: floating, f: Math.log },
  sqrt: { result: floating, f: Math.sqrt },
  tanh: { result: floating, f: Math.tanh },
  sigmoid: {
    result: floating,
    f: (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))),
  },
};
