import { ShapeError } from "../errors.ts";
import { NDArray } from "../ndarray.ts";
import { checkArray } from "../operand.ts";
import { formatShape, normalizeAxis, sameShape, sizeOf } from "../shape.ts";

/** For every index its place in the flat memory of an array of `shape`. */
function placesOf(op: string, indices: NDArray, axis: number, shape: readonly number[]): Int32Array {
  const along = normalizeAxis(op, axis, shape.length);
  if (indices.ndim !== shape.length || indices.shape.some((n, i) => i !== along && n !== shape[i])) {
    throw new ShapeError(
      `${op}: indices of shape ${formatShape(indices.shape)} do not match ${formatShape(shape)}: all axes but ${along} must be equal`,
    );
  }
  const flat = indices.flat();
  const n = shape[along] as number;
  const length = indices.shape[along] as number;
  const inner = sizeOf(shape.slice(along + 1));
  const places = new Int32Array(flat.length);
  for (let i = 0, outer = 0; i < flat.length; outer += n * inner) {
    for (let l = 0; l < length; l++) {
      for (let j = 0; j < inner; j++, i++) {
        const index = flat[i] as number;
        if (!(index >= 0 && index < n) || index !== Math.floor(index)) {
          throw new RangeError(
            `${op}: index ${index} on axis ${along} of shape ${formatShape(shape)}; expected 0 … ${n - 1}`,
          );
        }
        places[i] = outer + index * inner + j;
      }
    }
  }
  return places;
}

export function gather(x: NDArray, indices: NDArray, axis: number): NDArray {
  checkArray("gather", indices);
  const out = NDArray.empty(indices.shape, x.dtype);
  const [from, to] = [x.flat(), out.flat()];
  const places = placesOf("gather", indices, axis, x.shape);
  for (let i = 0; i < places.length; i++) to[i] = from[places[i] as number] as number;
  return out;
}

export function scatter(x: NDArray, indices: NDArray, axis: number, shape: readonly number[]): NDArray {
  checkArray("scatter", indices);
  if (!sameShape(x.shape, indices.shape)) {
    throw new ShapeError(
      `scatter: ${formatShape(x.shape)} values for ${formatShape(indices.shape)} indices; expected equal shapes`,
    );
  }
  const out = NDArray.empty(shape, x.dtype);
  const [from, to] = [x.flat(), out.flat()];
  const places = placesOf("scatter", indices, axis, shape);
  for (let i = 0; i < places.length; i++) {
    const at = places[i] as number;
    to[at] = (to[at] as number) + (from[i] as number);
  }
  return out;
}
