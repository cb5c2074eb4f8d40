import { engine } from "../current-engine.ts";
import type { TypedArray } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { NDArray } from "../ndarray.ts";
import { checkArray } from "../operand.ts";
import { checkShape, formatShape, normalizeAxis, sameShape, sizeOf } from "../shape.ts";

interface Sizes {
  readonly outer: number;
  readonly length: number;
  readonly n: number;
  readonly inner: number;
}

/**
 * The length of the indexed axis, and the sizes before and after it.
 * @throws RangeError for an index outside the axis
 */
function sizesOf(op: string, indices: NDArray, axis: number, shape: readonly number[]): Sizes {
  const along = normalizeAxis(op, axis, shape.length);
  if (indices.ndim !== shape.length || indices.shape.some((n, i) => i !== along && n !== shape[i])) {
    throw new ShapeError(
      `${op}: indices of shape ${formatShape(indices.shape)} do not match ${formatShape(shape)}: all axes but ${along} must be equal`,
    );
  }
  const n = shape[along] as number;
  const wrong = firstOutside(indices.flat(), n);
  if (wrong !== null) {
    throw new RangeError(
      `${op}: index ${wrong} on axis ${along} of shape ${formatShape(shape)}; expected 0 … ${n - 1}`,
    );
  }
  const length = indices.shape[along] as number;
  return { outer: sizeOf(shape.slice(0, along)), length, n, inner: sizeOf(shape.slice(along + 1)) };
}

/** The first index outside 0 … n − 1; null if there is none. */
function firstOutside(indices: TypedArray, n: number): number | null {
  if (indices instanceof Int32Array) {
    for (let i = 0; i < indices.length; i++)
      if ((indices[i] as number) >>> 0 >= n) return indices[i] as number; // read as unsigned, a negative index is large
    return null;
  }
  for (const index of indices) if (!Number.isInteger(index) || index < 0 || index >= n) return index;
  return null;
}

export function gather(x: NDArray, indices: NDArray, axis: number): NDArray {
  checkArray("gather", indices);
  const { outer, length, n, inner } = sizesOf("gather", indices, axis, x.shape);
  const out = NDArray.unfilled(indices.shape, x.dtype);
  const [from, places, to] = [x.flat(), indices.flat(), out.flat()];
  for (let o = 0, i = 0; o < outer; o++)
    for (let l = 0; l < length; l++)
      for (let j = 0; j < inner; j++, i++)
        to[i] = from[(o * n + (places[i] as number)) * inner + j] as number;
  return out;
}

export function scatter(x: NDArray, indices: NDArray, axis: number, shape: readonly number[]): NDArray {
  checkArray("scatter", indices);
  checkShape("scatter", shape);
  if (!sameShape(x.shape, indices.shape)) {
    throw new ShapeError(
      `scatter: ${formatShape(x.shape)} values for ${formatShape(indices.shape)} indices; expected equal shapes`,
    );
  }
  const { outer, length, n, inner } = sizesOf("scatter", indices, axis, shape);
  const out = NDArray.unfilled(shape, x.dtype);
  engine().scatter(out.flat(), x.flat(), indices.flat(), outer, length, n, inner);
  return out;
}
