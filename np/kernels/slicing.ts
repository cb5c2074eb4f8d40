import { describe } from "../arguments/describe.ts";
import { engine } from "../current-engine.ts";
import { checkFits } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { NDArray } from "../ndarray.ts";
import { formatShape, sameShape } from "../shape.ts";
import type { Index, PadWidths, Range } from "../signatures.ts";
import { type Positions, positionsOf } from "./positions.ts";
import { positionOn, span } from "./span.ts";

/** Whether arrays are among the entries. @throws TypeError for an entry that is neither a range nor an array */
function hasArrays(where: string, index: readonly Index<NDArray>[]): boolean {
  if (!Array.isArray(index))
    throw new TypeError(`${where}: the ranges are ${describe(index)}; expected a list, one range per axis`);
  let found = false;
  for (let axis = 0; axis < index.length; axis++) {
    const entry: unknown = index[axis];
    if (typeof entry === "number" || entry === null || entry === undefined) continue;
    if (entry instanceof NDArray) found = true;
    else if (!Array.isArray(entry) || entry.length > 3) throw wrongEntry(where, entry, axis);
  }
  return found;
}

function wrongEntry(where: string, entry: unknown, axis: number): TypeError {
  const cure = Array.isArray(entry)
    ? "; positions are an array: np.array([0, 2, 1])"
    : typeof entry === "object" && entry !== null && "data" in entry
      ? "; an array is indexed by arrays: pass the tensor's values, index.data"
      : "";
  return new TypeError(
    `${where}: the range of axis ${axis} is ${describe(entry)}; expected null, an index, [start, stop, step], or an array of positions or a mask${cure}`,
  );
}

/** The part that an index names: a view if it has no arrays, else where the elements lie. */
export function part(where: string, x: NDArray, index: readonly Index<NDArray>[]): NDArray | Positions {
  return hasArrays(where, index) ? positionsOf(where, x, index) : view(where, x, index as readonly Range[]);
}

function view(where: string, x: NDArray, ranges: readonly Range[]): NDArray {
  if (ranges.length > x.ndim)
    throw new RangeError(`${where}: ${ranges.length} ranges for shape ${formatShape(x.shape)}`);
  const shape: number[] = [];
  const strides: number[] = [];
  let offset = x.offset;
  for (let axis = 0; axis < x.ndim; axis++) {
    const [range, n, stride] = [ranges[axis] ?? null, x.shape[axis] as number, x.strides[axis] as number];
    if (typeof range === "number") offset += positionOn(where, range, axis, x.shape) * stride;
    else {
      const { start, step, length } = span(where, range ?? [], n, axis);
      if (length > 0) offset += start * stride;
      shape.push(length);
      strides.push(stride * step);
    }
  }
  return x.viewAs(shape, strides, offset);
}

/** A view; with arrays in the index, a copy. */
export function slice(x: NDArray, index: readonly Index<NDArray>[]): NDArray {
  const found = part("slice", x, index);
  if (found instanceof NDArray) return found;
  const { shape, at } = found;
  const out = NDArray.unfilled(shape, x.dtype);
  const [to, from] = [out.flat(), x.data];
  for (let i = 0; i < at.length; i++) to[i] = from[at[i] as number] as number;
  return out;
}

/** Zeros, to which each element of x is added where `slice` would read it. */
export function unslice(x: NDArray, index: readonly Index<NDArray>[], shape: readonly number[]): NDArray {
  const out = NDArray.empty(shape, x.dtype);
  const found = part("unslice", out, index);
  if (!sameShape(x.shape, found.shape)) {
    throw new ShapeError(
      `unslice: x has shape ${formatShape(x.shape)}; the ranges select ${formatShape(found.shape)} of ${formatShape(shape)}`,
    );
  }
  if (found instanceof NDArray) engine().assign(found, x);
  else engine().scatter(out.flat(), x.flat(), found.at, 1, x.size, out.size, 1);
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
