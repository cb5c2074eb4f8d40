import { describe, formatShape } from "./arguments/describe.ts";
import { ShapeError } from "./errors.ts";

export { formatShape };

/** The number of elements: the product of the shape, 1 for a scalar. */
export function sizeOf(shape: readonly number[]): number {
  let size = 1;
  for (const n of shape) size *= n;
  return size;
}

/** Row-major strides, in elements: the last axis is contiguous. */
export function contiguousStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis] as number;
  }
  return strides;
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false;
  return true;
}

/** @throws TypeError for anything but a list of numbers */
export function checkNumbers(where: string, what: string, list: unknown): asserts list is readonly number[] {
  if (Array.isArray(list) && list.every((n) => typeof n === "number")) return;
  throw new TypeError(`${where}: expected ${what} as a list of whole numbers, got ${describe(list)}`);
}

/** One number as a list of it, and a list as it is. @throws TypeError for anything else */
export function listOf(where: string, what: string, given: number | readonly number[]): readonly number[] {
  const list = typeof given === "number" ? [given] : given;
  checkNumbers(where, what, list);
  return list;
}

/** More elements than an array in memory can have. */
const most = 2 ** 32;

/** @throws ShapeError for anything but a list of lengths, and for more elements than fit into memory */
export function checkShape(where: string, shape: readonly number[]): void {
  checkLengths(where, shape);
  if (sizeOf(shape) > most)
    throw new ShapeError(
      `${where}: shape ${formatShape(shape)} has ${sizeOf(shape)} elements, more than fit into memory`,
    );
}

/** @throws ShapeError for anything but a list of whole numbers >= 0 */
export function checkLengths(where: string, shape: readonly number[]): void {
  if (!Array.isArray(shape) || shape.some((n) => !Number.isInteger(n) || n < 0)) {
    const given = Array.isArray(shape) ? shape.map(describe).join(", ") : "";
    const shown = Array.isArray(shape) && given.length < 200 ? `[${given}]` : describe(shape);
    throw new ShapeError(`${where}: a shape is a list of whole numbers >= 0, got ${shown}`);
  }
}

/** Axis -1 is the last one. @throws RangeError for an axis that the array does not have */
export function normalizeAxis(where: string, axis: number, ndim: number): number {
  if (!Number.isInteger(axis) || axis < -ndim || axis >= ndim) {
    throw new RangeError(
      `${where}: axis ${describe(axis)} does not exist in an array of ${ndim} dimension(s)${byPosition(axis)}`,
    );
  }
  return axis < 0 ? axis + ndim : axis;
}

/**
 * All reduced axes, ascending: null means every axis; a single number may be reduced along axis 0
 * or −1, as in NumPy and PyTorch.
 * @throws RangeError for an axis named twice
 */
export function normalizeAxes(where: string, axis: Axis, ndim: number): number[] {
  if (ndim === 0 && (axis === 0 || axis === -1)) return [];
  if (axis === null) return Array.from({ length: ndim }, (_, i) => i);
  const list = typeof axis === "number" ? [axis] : axis;
  if (!Array.isArray(list)) {
    throw new TypeError(
      `${where}: axis is ${describe(axis)}; expected a whole number, a list of them, or null for all${byPosition(axis)}`,
    );
  }
  const axes = list.map((a) => normalizeAxis(where, a, ndim));
  if (new Set(axes).size < axes.length)
    throw new RangeError(`${where}: an axis is named twice in ${describe(axis)}`);
  return axes.sort((a, b) => a - b);
}

/** What to write instead of `{ axis: 0 }`. */
export function byPosition(axis: unknown): string {
  const named = typeof axis === "object" && axis !== null && !Array.isArray(axis);
  return named ? "; arguments stand in order, without their names: x.sum(0, true)" : "";
}

/** One axis, several, or null for all of them. */
export type Axis = number | readonly number[] | null;

/** @throws TypeError unless keepdims is true or false: `{ keepdims: true }` and 1 would count as true */
export function checkKeepdims(where: string, keepdims: unknown): void {
  if (typeof keepdims === "boolean") return;
  throw new TypeError(`${where}: keepdims is ${describe(keepdims)}; expected true or false`);
}

/** The shape after reducing `axes`: they become 1 with `keepdims`, and vanish without. */
export function reducedShape(shape: readonly number[], axes: readonly number[], keepdims: boolean): number[] {
  return keepdims
    ? shape.map((n, i) => (axes.includes(i) ? 1 : n))
    : shape.filter((_, i) => !axes.includes(i));
}

/**
 * NumPy's broadcasting: align shapes at their last axis; a 1 stretches to the other's length.
 * @throws ShapeError naming both shapes and the axis that does not fit
 * @see NumPy user guide, "Broadcasting", general rules
 */
export function broadcastShapes(where: string, a: readonly number[], b: readonly number[]): number[] {
  const ndim = Math.max(a.length, b.length);
  const shape = new Array<number>(ndim);
  for (let back = 1; back <= ndim; back++) {
    const m = a[a.length - back] ?? 1;
    const n = b[b.length - back] ?? 1;
    if (m !== n && m !== 1 && n !== 1) {
      throw new ShapeError(
        `${where}: shapes ${formatShape(a)} and ${formatShape(b)} cannot be broadcast: axis -${back} is ${m} in one and ${n} in the other; they must be equal, or one of them 1`,
      );
    }
    shape[ndim - back] = m === 1 ? n : m;
  }
  return shape;
}

/** Infers one -1 in a wanted shape. @throws ShapeError when the element counts differ */
export function resolveShape(where: string, wanted: readonly number[], from: readonly number[]): number[] {
  const size = sizeOf(from);
  checkNumbers(where, "a shape", wanted);
  const unknown = wanted.indexOf(-1);
  if (wanted.indexOf(-1, unknown + 1) > unknown && unknown >= 0)
    throw new ShapeError(
      `${where}: only one length can be inferred, but shape ${formatShape(wanted)} has -1 twice`,
    );
  const shape = wanted.slice();
  if (unknown >= 0) {
    const known = -sizeOf(wanted);
    shape[unknown] = known > 0 ? size / known : -1;
  }
  if (shape.some((n) => !Number.isInteger(n) || n < 0) || sizeOf(shape) !== size) {
    throw new ShapeError(
      `${where}: ${size} element(s) of shape ${formatShape(from)} do not fill shape ${formatShape(wanted)}`,
    );
  }
  return shape;
}

/**
 * The index of each axis for a flat position in row-major order: 7 in shape (2, 5) is [1, 2].
 * @see NumPy's `numpy.unravel_index`
 */
export function unravelIndex(flat: number, shape: readonly number[]): number[] {
  const index = new Array<number>(shape.length);
  let rest = flat;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = shape[axis] as number;
    index[axis] = rest % length;
    rest = Math.floor(rest / length);
  }
  return index;
}
