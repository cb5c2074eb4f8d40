import { type DType, isFloat } from "../dtype.ts";
import { type Decimal, exact, positional, rounded, shortest } from "./decimal.ts";
import type { Write } from "./elements.ts";
import type { PrintOptions } from "./options.ts";

/**
 * One format for all numbers of an array, so that its columns align.
 * @see NumPy's `FloatingFormat` and `IntegerFormat`, numpy/_core/arrayprint.py
 */
export function numberFormat(
  values: readonly number[],
  dtype: DType,
  options: Pick<PrintOptions, "precision" | "suppress">,
): Write {
  if (!isFloat(dtype)) {
    const width = longest(values.map(String));
    return (x) => String(x).padStart(width);
  }
  const finite = values.filter(Number.isFinite);
  const precision = options.precision ?? Number.POSITIVE_INFINITY;
  const write = needsExponent(finite, dtype, options.suppress)
    ? scientific(finite, dtype, precision)
    : decimals(finite, dtype, precision);
  const sample = finite.length > 0 ? write(finite[0] as number).length : 0;
  const words = values.filter((x) => !Number.isFinite(x)).map(inWords);
  const width = Math.max(sample, longest(words));
  return (x) => (Number.isFinite(x) ? write(x) : inWords(x)).padStart(width);
}

/** Whether the numbers are too large, too small or too far apart for columns without an exponent. */
function needsExponent(finite: readonly number[], dtype: DType, suppress: boolean): boolean {
  const sizes = finite.map(Math.abs).filter((size) => size > 0);
  if (sizes.length === 0) return false;
  const [isSingle, largest, smallest] = [
    dtype === "float32",
    extreme(Math.max, sizes),
    extreme(Math.min, sizes),
  ];
  const inDtype = (x: number): number => (isSingle ? Math.fround(x) : x);
  const isLarge = largest >= (isSingle ? 1e6 : 1e8);
  return isLarge || (!suppress && (smallest < inDtype(0.0001) || inDtype(largest / smallest) > 1000));
}

/** `12.5`, `-0.25`, `3.  `: as many digits after the point as a number needs. */
function decimals(finite: readonly number[], dtype: DType, precision: number): Write {
  const parts = (x: number): { whole: string; fraction: string } =>
    positional(cut(x, dtype, ({ exponent }) => exponent + 1 + precision));
  const left = longest(finite.map((x) => parts(x).whole));
  const right = longest(finite.map((x) => parts(x).fraction));
  return (x) => {
    const { whole, fraction } = parts(x);
    return `${whole.padStart(left)}.${fraction.padEnd(right)}`;
  };
}

/** `1.25e+10`, `3.00e-05`: equally many digits for all, those of the number that needs most. */
function scientific(finite: readonly number[], dtype: DType, precision: number): Write {
  const first = finite.map((x) => cut(x, dtype, () => 1 + precision));
  const left = longest(first.map(({ sign }) => `${sign}1`));
  const right = longest(first.map((decimal) => positional({ ...decimal, exponent: 0 }).fraction));
  const powerWidth = longest(first.map(power));
  return (x) => {
    const decimal = cut(x, dtype, () => 1 + right);
    const all = decimal.digits.length > right ? decimal : rounded(exact(x), 1 + right);
    const { whole, fraction } = positional({ ...all, exponent: 0 });
    const sign = all.exponent < 0 ? "-" : "+";
    return `${whole.padStart(left)}.${fraction.padEnd(right, "0")}e${sign}${power(all).padStart(powerWidth, "0")}`;
  };
}

function power({ exponent }: Decimal): string {
  return String(Math.abs(exponent)).padStart(2, "0");
}

/** The shortest digits of a number; where these are more than `length` allows, all its digits, rounded. */
function cut(x: number, dtype: DType, length: (decimal: Decimal) => number): Decimal {
  const decimal = shortest(x, dtype);
  if (decimal.digits.length <= length(decimal)) return decimal;
  const all = exact(x);
  return rounded(all, length(all));
}

function inWords(x: number): string {
  return Number.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf";
}

function longest(texts: readonly string[]): number {
  return extreme(Math.max, [0, ...texts.map((text) => text.length)]);
}

/** Math.max or Math.min of a list of any length. */
function extreme(choose: (a: number, b: number) => number, values: readonly number[]): number {
  return values.reduce((best, x) => choose(best, x));
}
