import { describe } from "../arguments/describe.ts";
import { engine } from "../current-engine.ts";
import { checkFits } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { NDArray } from "../ndarray.ts";
import {
  checkShape,
  contiguousStrides,
  formatShape,
  normalizeAxis,
  resolveShape,
  sameShape,
} from "../shape.ts";
import type { PadWidths, Range } from "../signatures.ts";

export function transpose(x: NDArray, axes: readonly number[]): NDArray {
  if (!Array.isArray(axes)) {
    throw new TypeError(
      `transpose: axes is ${describe(axes)}; expected the new order of all axes as a list: x.transpose([1, 0])`,
    );
  }
  const order = axes.map((axis) => normalizeAxis("transpose", axis, x.ndim));
  if (order.length !== x.ndim || new Set(order).size !== x.ndim) {
    throw new RangeError(
      `transpose: axes [${axes}] are not a permutation of the ${x.ndim} axes of shape ${formatShape(x.shape)}`,
    );
  }
  const pick = (from: readonly number[]): number[] => order.map((axis) => from[axis] as number);
  return x.viewAs(pick(x.shape), pick(x.strides), x.offset);
}

/** A view if the elements are in order, else a copy. */
export function reshape(x: NDArray, shape: readonly number[]): NDArray {
  const wanted = resolveShape("reshape", shape, x.shape);
  if (sameShape(wanted, x.shape)) return x.viewAs(wanted, x.strides, x.offset);
  if (x.size > 1 && x.strides.every((stride) => stride === 0))
    return x.viewAs(wanted, Array(wanted.length).fill(0), x.offset); // one number everywhere
  const source = x.isContiguous ? x : x.copy();
  return source.viewAs(wanted, contiguousStrides(wanted), source.offset);
}

/** A view whose stretched axes have stride 0. */
export function broadcastTo(x: NDArray, shape: readonly number[]): NDArray {
  checkShape("broadcastTo", shape);
  const lead = shape.length - x.ndim;
  const fits = lead >= 0 && x.shape.every((n, axis) => n === 1 || n === shape[axis + lead]);
  if (!fits) {
    throw new ShapeError(
      `broadcastTo: shape ${formatShape(x.shape)} cannot be broadcast to ${formatShape(shape)}`,
    );
  }
  const strides = shape.map((n, axis) =>
    axis < lead || (x.shape[axis - lead] === 1 && n !== 1) ? 0 : (x.strides[axis - lead] as number),
  );
  return x.viewAs([...shape], strides, x.offset);
}

interface Span {
  readonly start: number;
  readonly step: number;
  readonly length: number;
}

/**
 * Python's rules: negative positions count from the end, positions out of range are clipped, a
 * negative step goes backwards.
 */
function span(range: readonly (number | null | undefined)[], n: number, axis: number): Span {
  const step = range[2] ?? 1;
  if (!Number.isInteger(step) || step === 0)
    throw new RangeError(`slice: step ${describe(step)} on axis ${axis}; expected a whole number, not 0`);
  const clip = (position: number | null | undefined, otherwise: number): number => {
    if (position === null || position === undefined) return otherwise;
    if (!Number.isInteger(position))
      throw new RangeError(`slice: position ${describe(position)} on axis ${axis} is not a whole number`);
    const p = position < 0 ? position + n : position;
    return step > 0 ? Math.min(Math.max(p, 0), n) : Math.min(Math.max(p, -1), n - 1);
  };
  const start = clip(range[0], step > 0 ? 0 : n - 1);
  const stop = clip(range[1], step > 0 ? n : -1);
  return { start, step, length: Math.max(0, Math.ceil((stop - start) / step)) };
}

function checkRanges(ranges: readonly Range[]): void {
  if (!Array.isArray(ranges))
    throw new TypeError(`slice: the ranges are ${describe(ranges)}; expected a list, one range per axis`);
  for (let axis = 0; axis < ranges.length; axis++) {
    const range: unknown = ranges[axis];
    const fits = typeof range === "number" || (Array.isArray(range) && range.length <= 3);
    if (fits || range === null || range === undefined) continue;
    throw new TypeError(
      `slice: the range of axis ${axis} is ${describe(range)}; expected null, an index, or [start, stop, step]`,
    );
  }
}

export function slice(x: NDArray, ranges: readonly Range[]): NDArray {
  checkRanges(ranges);
  if (ranges.length > x.ndim)
    throw new RangeError(`slice: ${ranges.length} ranges for shape ${formatShape(x.shape)}`);
  const shape: number[] = [];
  const strides: number[] = [];
  let offset = x.offset;
  for (let axis = 0; axis < x.ndim; axis++) {
    const [range, n, stride] = [ranges[axis] ?? null, x.shape[axis] as number, x.strides[axis] as number];
    if (typeof range === "number") {
      const index = range < 0 ? range + n : range;
      if (!Number.isInteger(index) || index < 0 || index >= n) {
        throw new RangeError(
          `slice: index ${range} on axis ${axis} of shape ${formatShape(x.shape)}; expected ${-n} … ${n - 1}`,
        );
      }
      offset += index * stride;
    } else {
      const { start, step, length } = span(range ?? [], n, axis);
      if (length > 0) offset += start * stride;
      shape.push(length);
      strides.push(stride * step);
    }
  }
  return x.viewAs(shape, strides, offset);
}

export function unslice(x: NDArray, ranges: readonly Range[], shape: readonly number[]): NDArray {
  const out = NDArray.empty(shape, x.dtype);
  const part = slice(out, ranges);
  if (!sameShape(x.shape, part.shape)) {
    throw new ShapeError(
      `unslice: x has shape ${formatShape(x.shape)}; the ranges select ${formatShape(part.shape)} of ${formatShape(shape)}`,
    );
  }
  engine().assign(part, x);
  return out;
}

export function pad(x: NDArray, widths: PadWidths, value: number): NDArray {
  const fits = (pair: unknown): boolean =>
    Array.isArray(pair) && pair.length === 2 && pair.every((w) => Number.isInteger(w) && w >= 0);
  if (!Array.isArray(widths) || widths.length !== x.ndim || !widths.every(fits)) {
    throw new ShapeError(
      `pad: expected one [before, after] per axis of shape ${formatShape(x.shape)}, each >= 0, got ${describe(widths)}`,
    );
  }
  if (typeof value !== "number") throw new TypeError(`pad: value is ${describe(value)}; expected a number`);
  checkFits("pad", value, x.dtype);
  const sides = x.shape.map((n, axis) => {
    const [before, after] = widths[axis] as PadWidths[number];
    return { start: before, stop: before + n, length: before + n + after };
  });
  const out = NDArray.empty(
    sides.map((side) => side.length),
    x.dtype,
  );
  out.flat().fill(value);
  const inside = slice(
    out,
    sides.map((side) => [side.start, side.stop]),
  );
  engine().assign(inside, x);
  return out;
}
