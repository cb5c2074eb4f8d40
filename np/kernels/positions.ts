import { describe } from "../arguments/describe.ts";
import { ShapeError } from "../errors.ts";
import { NDArray } from "../ndarray.ts";
import { broadcastShapes, formatShape, sameShape } from "../shape.ts";
import type { Index } from "../signatures.ts";
import { broadcastTo } from "./movement.ts";
import { positionOn, span } from "./span.ts";

/** The elements that an index with arrays picks: their positions in the array's memory, in the result's shape. */
export interface Positions {
  readonly shape: readonly number[];
  readonly at: Int32Array | Float64Array;
}

/** Distances in memory that one entry of an index adds, in the shape that the entry gives to the result. */
interface Steps {
  readonly shape: readonly number[];
  readonly data: Int32Array | Float64Array;
}

type Memory = new (size: number) => Int32Array | Float64Array;

/**
 * NumPy's rules: the arrays broadcast together, and each number counts as one of them. Their axes
 * stand where the arrays stood if those were neighbours, else in front; a range keeps its own axis.
 * @see NumPy reference, "Indexing on ndarrays", combining advanced and basic indexing
 */
export function positionsOf(where: string, x: NDArray, index: readonly Index<NDArray>[]): Positions {
  const memory: Memory = x.data.length < 2 ** 31 ? Int32Array : Float64Array;
  const covered = index.reduce<number>((sum, entry) => sum + axesOf(entry), 0);
  if (covered > x.ndim)
    throw new RangeError(`${where}: an index of ${covered} axes for shape ${formatShape(x.shape)}`);
  const kept: Steps[] = [];
  const together: Steps[] = [];
  let place: number | null = null; // how many axes are kept before the arrays
  let apart = false;
  let axis = 0;
  for (const entry of [...index, ...Array<null>(x.ndim - covered).fill(null)]) {
    if (typeof entry === "number" || entry instanceof NDArray) {
      if (place !== null && place < kept.length) apart = true;
      place ??= kept.length;
      together.push(stepsTo(where, x, axis, entry, memory));
    } else kept.push(stepsAlong(where, x, axis, entry ?? [], memory));
    axis += axesOf(entry);
  }
  kept.splice(apart ? 0 : (place ?? 0), 0, sumOf(where, together, memory));
  return {
    shape: kept.flatMap(({ shape }) => shape),
    at: kept.reduce((sums, { data }) => outerSum(sums, data, memory), new memory(1).fill(x.offset)),
  };
}

/** How many axes an entry covers. */
function axesOf(entry: Index<NDArray>): number {
  return entry instanceof NDArray && entry.dtype === "uint8" ? entry.ndim : 1;
}

/** The steps of a range. */
function stepsAlong(
  where: string,
  x: NDArray,
  axis: number,
  range: readonly (number | null | undefined)[],
  memory: Memory,
): Steps {
  const { start, step, length } = span(where, range, x.shape[axis] as number, axis);
  const stride = x.strides[axis] as number;
  const data = new memory(length);
  for (let i = 0; i < length; i++) data[i] = (start + i * step) * stride;
  return { shape: [length], data };
}

/** The steps of a number, an array of positions, or a mask. */
function stepsTo(where: string, x: NDArray, axis: number, entry: number | NDArray, memory: Memory): Steps {
  if (entry instanceof NDArray && entry.dtype === "uint8") return stepsOfMask(where, x, axis, entry, memory);
  const stride = x.strides[axis] as number;
  const indices = typeof entry === "number" ? [entry] : entry.flat();
  const data = new memory(indices.length);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] as number;
    if (entry instanceof NDArray && !Number.isInteger(index)) {
      throw new TypeError(
        `${where}: the ${entry.dtype} array that indexes axis ${axis} holds ${describe(index)}; expected whole numbers, or a mask of dtype uint8, as x.greater(0) gives; index.astype("int32") drops the fractions`,
      );
    }
    data[i] = positionOn(where, index, axis, x.shape) * stride;
  }
  return { shape: typeof entry === "number" ? [] : entry.shape, data };
}

/** A mask stands for the positions of its ones, in row-major order. */
function stepsOfMask(where: string, x: NDArray, axis: number, mask: NDArray, memory: Memory): Steps {
  const own = x.shape.slice(axis, axis + mask.ndim);
  const positions = 'positions are int32: index.astype("int32")';
  if (mask.ndim === 0 || !sameShape(mask.shape, own)) {
    throw new ShapeError(
      `${where}: a uint8 array is a mask, and one that begins at axis ${axis} of shape ${formatShape(x.shape)} needs that part of the shape, got ${formatShape(mask.shape)}; ${positions}`,
    );
  }
  const flags = mask.flat();
  const wrong = flags.find((flag: number) => flag > 1);
  if (wrong !== undefined)
    throw new RangeError(`${where}: a uint8 array is a mask of 0 and 1, but holds ${wrong}; ${positions}`);
  const all = own.reduce<Int32Array | Float64Array>(
    (sums, n, i) => outerSum(sums, stepsAlong(where, x, axis + i, [0, n], memory).data, memory),
    new memory(1),
  );
  const data = all.filter((_, i) => flags[i] === 1);
  return { shape: [data.length], data };
}

/** The steps of all arrays together, broadcast. */
function sumOf(where: string, parts: readonly Steps[], memory: Memory): Steps {
  const shape = parts.reduce<readonly number[]>(
    (all, part) => broadcastShapes(`${where}, index arrays`, all, part.shape),
    [],
  );
  const data = new memory(shape.reduce((size, n) => size * n, 1));
  for (const part of parts) {
    const steps = broadcastTo(NDArray.from(part.data, part.shape), shape).flat();
    for (let i = 0; i < data.length; i++) data[i] = (data[i] as number) + (steps[i] as number);
  }
  return { shape, data };
}

/** a[i] + b[j] for every i and, within it, every j. */
function outerSum(
  a: Int32Array | Float64Array,
  b: Int32Array | Float64Array,
  memory: Memory,
): Int32Array | Float64Array {
  const sums = new memory(a.length * b.length);
  let next = 0;
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < b.length; j++) sums[next++] = (a[i] as number) + (b[j] as number);
  return sums;
}
