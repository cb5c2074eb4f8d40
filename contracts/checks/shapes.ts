import { formatShape, ShapeError, sameShape } from "../../np/index.ts";
import { describe } from "../../np/internal.ts";

/**
 * A pattern of a shape: a number must be equal, a letter matches any length,
 * "…" matches any number of leading axes.
 */
export type ShapePattern = readonly (number | string)[];

/**
 * Checks the shape of an argument. The error gives the shape and the expected one:
 * `Linear.forward: x has shape (4, 6), expected (N, 5)`.
 * @throws ShapeError when the shape does not fit
 */
export function expectShape(
  where: string,
  name: string,
  shape: readonly number[],
  pattern: ShapePattern,
  hint: string = "",
): void {
  expectArray(where, name, shape);
  const fits =
    shape.length === pattern.length && pattern.every((p, i) => typeof p === "string" || p === shape[i]);
  if (fits) return;
  const expected = pattern.length === 1 ? `(${pattern[0]},)` : `(${pattern.join(", ")})`;
  throw new ShapeError(
    `${where}: ${name} has shape ${formatShape(shape)}, expected ${expected}${hint && `; ${hint}`}`,
  );
}

/**
 * @throws TypeError for a list or anything else without a shape;
 * the message says how to make an array
 */
export function expectArray(where: string, name: string, shape: unknown): asserts shape is readonly number[] {
  if (Array.isArray(shape)) return;
  throw new TypeError(
    `${where}: ${name} is not an array; make one from a list with np.array(list) in chalk, tensor(list) on tape`,
  );
}

/** @throws RangeError unless the size of a layer is a whole number ≥ 1 */
export function expectCount(where: string, name: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new RangeError(`${where}: ${name} is ${describe(value)}, expected a whole number >= 1`);
}

/**
 * @throws ShapeError unless both branches of a block return the same shape;
 * broadcasting would add numbers that do not belong together
 */
export function expectSameBranches(
  where: string,
  main: readonly number[],
  shortcut: readonly number[],
): void {
  if (sameShape(main, shortcut)) return;
  throw new ShapeError(
    `${where}: main gives shape ${formatShape(main)}, the shortcut ${formatShape(shortcut)}; they are added, so pass a shortcut that changes the shape as main does`,
  );
}
