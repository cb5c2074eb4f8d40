import { array, formatShape, NDArray, type Nested, ShapeError, type TypedArray } from "../np/index.ts";
import { describe } from "../np/internal.ts";

/** A tensor, as far as plots knows it: the array that it holds is drawn. */
export interface HoldsArray {
  readonly data: NDArray;
}

/** Numbers to draw: an array, a tensor, or a list, nested once for every axis. */
export type Numbers = NDArray | HoldsArray | TypedArray | readonly Nested[];

const expected = "numbers: an array, a tensor or a list";

/**
 * The numbers as an array.
 * @throws TypeError for anything else; ShapeError unless the number of axes is one of `axes`
 */
export function arrayOf(where: string, name: string, value: unknown, axes: readonly number[]): NDArray {
  const found = read(value);
  if (!found) throw new TypeError(`${where}: ${name} is ${describe(value)}, expected ${expected}`);
  if (!axes.includes(found.ndim)) {
    const wanted = axes.map((n) => `${n} ${n === 1 ? "axis" : "axes"}`).join(" or ");
    throw new ShapeError(
      `${where}: ${name} has shape ${formatShape(found.shape)}, expected an array with ${wanted}`,
    );
  }
  return found;
}

/** Whether a value can be drawn as numbers. */
export function isNumbers(value: unknown): value is Numbers {
  return read(value) !== null;
}

/** @throws ShapeError unless both have the same length */
export function expectSameLength(
  where: string,
  names: readonly [string, string],
  a: number,
  b: number,
): void {
  if (a === b) return;
  throw new ShapeError(
    `${where}: ${names[0]} has ${a} entries and ${names[1]} ${b}, expected as many of each`,
  );
}

/** All elements in row-major order. */
export function valuesOf(x: NDArray): number[] {
  return Array.from(x.flat());
}

/** The rows of an array with two axes. */
export function rowsOf(x: NDArray): number[][] {
  const [height = 0, width = 0] = x.shape;
  const values = valuesOf(x);
  return Array.from({ length: height }, (_, i) => values.slice(i * width, (i + 1) * width));
}

function read(value: unknown): NDArray | null {
  if (value instanceof NDArray) return value;
  if (typeof value !== "object" || value === null) return null;
  if ("data" in value && value.data instanceof NDArray) return value.data;
  if (!Array.isArray(value) && !ArrayBuffer.isView(value)) return null;
  try {
    return array(value as readonly Nested[]);
  } catch {
    return null;
  }
}
