import { type DType, getPrintOptions } from "../../np/index.ts";
import { exact, isFloat, positional, rounded } from "../../np/internal.ts";

/** One format for all numbers of a tensor: how long the longest is, and how to write one. */
export interface NumberFormat {
  readonly width: number;
  write(x: number): string;
}

/** @see PyTorch's `_Formatter`, torch/_tensor_str.py */
export function numberFormat(values: readonly number[], dtype: DType): NumberFormat {
  const { precision, suppress } = getPrintOptions();
  const digits = precision ?? 4;
  if (!isFloat(dtype)) return padded(values, String);
  const nonzero = values.filter((x) => Number.isFinite(x) && x !== 0);
  if (!suppress && needsExponent(nonzero)) return padded(nonzero, (x) => scientific(x, digits));
  if (nonzero.every(Number.isInteger))
    return padded(nonzero, (x) => (Number.isFinite(x) ? `${decimals(x, 0)}.` : inWords(x)));
  return padded(nonzero, (x) => decimals(x, digits));
}

/** The width is that of these values only: zeros, NaN and infinities may be longer. */
function padded(values: readonly number[], text: (x: number) => string): NumberFormat {
  const width = values.reduce((longest, x) => Math.max(longest, text(x).length), 1);
  return { width, write: (x) => text(x).padStart(width) };
}

function needsExponent(nonzero: readonly number[]): boolean {
  const sizes = nonzero.map(Math.abs);
  const largest = sizes.reduce((a, b) => Math.max(a, b), 0);
  const smallest = sizes.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  return sizes.length > 0 && (largest / smallest > 1000 || largest > 1e8 || smallest < 1e-4);
}

/** Python's `f"{x:.4f}"`. */
function decimals(x: number, precision: number): string {
  if (!Number.isFinite(x)) return inWords(x);
  const all = exact(x);
  const { whole, fraction } = positional(rounded(all, all.exponent + 1 + precision));
  return precision === 0 ? whole : `${whole}.${fraction.padEnd(precision, "0")}`;
}

/** Python's `f"{x:.4e}"`. */
function scientific(x: number, precision: number): string {
  if (!Number.isFinite(x)) return inWords(x);
  const decimal = rounded(exact(x), 1 + precision);
  const { whole, fraction } = positional({ ...decimal, exponent: 0 });
  const power = `${decimal.exponent < 0 ? "-" : "+"}${String(Math.abs(decimal.exponent)).padStart(2, "0")}`;
  return `${whole}${precision === 0 ? "" : `.${fraction.padEnd(precision, "0")}`}e${power}`;
}

function inWords(x: number): string {
  return Number.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf";
}
