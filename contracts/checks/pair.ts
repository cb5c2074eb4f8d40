import type { Pair } from "../../np/index.ts";
import { argument, type Bounds, type Required } from "../../np/internal.ts";

/** One number for both axes, or [vertical, horizontal]. */
export type OneOrPair = number | Pair;

const isNumber = (x: unknown): boolean => typeof x === "number";
const isPair = (x: unknown): boolean => Array.isArray(x) && x.length === 2 && x.every(isNumber);

/** One whole number >= least, or a pair of them. */
export function oneOrPair(least: number): Required<OneOrPair> {
  const fits = (value: OneOrPair): boolean => bothAxes(value).every((n) => Number.isInteger(n) && n >= least);
  const expected = `a whole number >= ${least} or a pair of them`;
  return argument("pair", expected, (x) => isNumber(x) || isPair(x), fits, { bounds: { least } });
}

/** A pair of numbers; `bounds` are those of both, and `expected` says them in words. */
export function pairOf(expected: string, bounds: Bounds, fits: (pair: Pair) => boolean): Required<Pair> {
  return argument("pair", expected, isPair, fits, { bounds });
}

/** One number for both axes as a pair. */
export function bothAxes(value: OneOrPair): Pair {
  return typeof value === "number" ? [value, value] : value;
}
