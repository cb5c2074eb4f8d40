import type { Pair } from "../../np/index.ts";
import { argument, type Bounds, number, type Required } from "../../np/internal.ts";

/** One number for both axes, or [vertical, horizontal]. */
export type OneOrPair = number | Pair;

const isNumber = (x: unknown): boolean => typeof x === "number";
const isPair = (x: unknown): x is Pair => Array.isArray(x) && x.length === 2 && x.every(isNumber);

/** One whole number >= least, or a pair of them. */
export function oneOrPair(least: number): Required<OneOrPair> {
  const fits = (value: OneOrPair): boolean => bothAxes(value).every((n) => Number.isInteger(n) && n >= least);
  const expected = `a whole number >= ${least} or a pair of them`;
  return argument("pair", expected, (x) => isNumber(x) || isPair(x), fits, { bounds: { least } });
}

/** Two numbers, each within `bounds`, that pass `fits` together; `expected` says how. */
export function pairOf(expected: string, bounds: Bounds, fits: (pair: Pair) => boolean): Required<Pair> {
  const both = argument("pair", expected, isPair, fits, { bounds });
  const each = number(bounds);
  return {
    ...both,
    refuse(name, value) {
      if (!isPair(value)) return both.refuse(name, value);
      const wrong = value.findIndex((x) => each.refuse(name, x));
      return wrong < 0 ? both.refuse(name, value) : each.refuse(`${name}[${wrong}]`, value[wrong]);
    },
  };
}

/** One number for both axes as a pair. */
export function bothAxes(value: OneOrPair): Pair {
  return typeof value === "number" ? [value, value] : value;
}
