import { ShapeError } from "../errors.ts";
import { NDArray } from "../ndarray.ts";
import { checkArray } from "../operand.ts";
import { formatShape, normalizeAxis, sameShape, sizeOf } from "../shape.ts";

/** Calls `visit(flat position in an array of `shape`, flat position of the indices)` for every index. */
function visitIndexed(
  op: string,
  indices: NDArray,
  axis: number,
  shape: readonly number[],
  visit: (at: number, i: number) => void,
): void {
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
  for (let i = 0; i < flat.length; i++) {
    const index = flat[i] as number;
    if (!Number.isInteger(index) || index < 0 || index >= n) {
      throw new RangeError(
        `${op}: index ${index} on axis ${along} of shape ${formatShape(shape)}; expected 0 … ${n - 1}`,
      );
    }
    const outer = Math.floor(i / (length * inner));
    visit((outer * n + index) * inner + (i % inner), i);
  }
}

export function gather(x: NDArray, indices: NDArray, axis: number): NDArray {
  checkArray("gather", indices);
  const out = NDArray.empty(indices.shape, x.dtype);
  const [from, to] = [x.flat(), out.flat()];
  visitIndexed("gather", indices, axis, x.shape, (at, i) => {
    to[i] = from[at] as number;
  });
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
  visitIndexed("scatter", indices, axis, shape, (at, i) => {
    to[at] = (to[at] as number) + (from[i] as number);
  });
  return out;
}
