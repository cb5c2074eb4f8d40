import type { Pair } from "../../np/index.ts";

/** One number for both axes, or [vertical, horizontal]. */
export type OneOrPair = number | Pair;

/** Both numbers of an option. @throws RangeError unless they are whole numbers ≥ least; TypeError for another list */
export function expectPair(where: string, name: string, value: OneOrPair, least: number): Pair {
  const both: unknown = typeof value === "number" ? [value, value] : value;
  if (!Array.isArray(both) || both.length !== 2) {
    throw new TypeError(
      `${where}: ${name} is ${JSON.stringify(value)}, expected a number or a pair [vertical, horizontal]`,
    );
  }
  if (both.some((n: unknown) => !Number.isInteger(n) || (n as number) < least)) {
    throw new RangeError(`${where}: ${name} is ${JSON.stringify(value)}, expected whole numbers >= ${least}`);
  }
  return both as unknown as Pair;
}
