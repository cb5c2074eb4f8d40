import { describe } from "../np/internal.ts";
import { isNumbers, type Numbers } from "./numbers.ts";

/**
 * Sorts out which arguments of `line` and `scatter` were left out: `f(y)`, `f(y, options)`,
 * `f(x, y)`, `f(x, y, options)`. Options default to none.
 */
export function leadingArguments<Y>(
  where: string,
  [first, second, third]: readonly [first: Numbers | Y, second: unknown, third: unknown],
  isY: (value: unknown) => value is Y,
): { readonly x: Numbers | undefined; readonly y: Numbers | Y; readonly options: unknown } {
  if (isNumbers(first) && (isNumbers(second) || isY(second)))
    return { x: first, y: second, options: third === undefined ? {} : third };
  const isOptions = typeof second === "object" && second !== null && !Array.isArray(second);
  if (third === undefined && (second === undefined || isOptions)) {
    return { x: undefined, y: first, options: second ?? {} };
  }
  const [name, wrong] = isNumbers(first) ? ["y", second] : ["x", first];
  throw new TypeError(
    `${where}: ${name} is ${describe(wrong)}, expected numbers: an array, a tensor or a list`,
  );
}
