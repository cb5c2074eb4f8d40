import type { DType } from "../dtype.ts";

/** ± d.ddd… · 10^exponent; the first digit is 0 for zero only. */
export interface Decimal {
  readonly sign: "" | "-";
  readonly digits: string;
  readonly exponent: number;
}

/** The fewest digits that give a finite number back when they are read in its dtype: 0.1, not 0.1000000000000000055. */
export function shortest(x: number, dtype: DType): Decimal {
  if (dtype !== "float32") return parsed(x, x.toExponential());
  const all = exact(x);
  for (let length = 1; length < 9; length++) {
    const decimal = rounded(all, length);
    if (Math.fround(toNumber(decimal)) === x) return decimal;
  }
  return rounded(all, 9); // enough for every float32
}

/** A finite number's digits without rounding, as far as JavaScript gives them: 101. */
export function exact(x: number): Decimal {
  return parsed(x, x.toExponential(100));
}

/**
 * Rounds to `length` digits, which may be 0 or fewer: 0.06 without a digit of its own is 0.1. A number in the middle goes to the even digit,
 * as in NumPy and Python, while JavaScript's `toFixed` takes the larger.
 */
export function rounded({ sign, digits, exponent }: Decimal, length: number): Decimal {
  if (length >= digits.length) return { sign, digits, exponent };
  const zero: Decimal = { sign, digits: "0", exponent: 0 };
  if (length < 0) return zero;
  const kept = digits.slice(0, length);
  const rest = digits.slice(length);
  const half = rest.replace(/0+$/, "") === "5" ? "middle" : rest >= "5" ? "above" : "below";
  const lastIsOdd = Number(kept.at(-1) ?? 0) % 2 === 1;
  if (half === "below" || (half === "middle" && !lastIsOdd))
    return length === 0 ? zero : { sign, digits: kept, exponent };
  const up = String(BigInt(kept || "0") + 1n).padStart(length, "0");
  return { sign, digits: up, exponent: exponent + up.length - length };
}

/** Digits before and after the point, without zeros at the end: 12.5, or 3. */
export function positional({ sign, digits, exponent }: Decimal): { whole: string; fraction: string } {
  const all = exponent < 0 ? "0".repeat(-exponent) + digits : digits.padEnd(exponent + 1, "0");
  const point = Math.max(exponent, 0) + 1;
  return { whole: sign + all.slice(0, point), fraction: all.slice(point).replace(/0+$/, "") };
}

function toNumber({ sign, digits, exponent }: Decimal): number {
  return Number(`${sign}${digits}e${exponent + 1 - digits.length}`);
}

function parsed(x: number, text: string): Decimal {
  const [, digits = "0", exponent = "0"] = /^-?([\d.]+)e(.+)$/.exec(text) ?? [];
  return {
    sign: x < 0 || Object.is(x, -0) ? "-" : "",
    digits: digits.replace(".", ""),
    exponent: Number(exponent),
  };
}
