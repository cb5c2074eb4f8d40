/** Where elements are. */
import { expectArgument } from "../arguments/contract.ts";
import { oneOf } from "../arguments/kinds.ts";
import { array } from "../creation.ts";
import { ShapeError } from "../errors.ts";
import { NDArray } from "../ndarray.ts";
import { checkArray } from "../operand.ts";
import { formatShape } from "../shape.ts";

/**
 * The positions of the elements that are not 0: for each axis, an int32 vector. `x.slice(...nonzero(x))`
 * are these elements.
 * @example nonzero(array([[0, 5], [7, 0]]))[1] // [1, 0]
 */
export function nonzero(x: NDArray): NDArray[] {
  checkArray("nonzero", x);
  if (x.ndim === 0) throw new ShapeError("nonzero: x is a scalar; x.reshape(1) makes it a vector");
  const places = flatnonzero(x).flat();
  let size = 1;
  const strides = x.shape.map(() => 1);
  for (let axis = x.ndim - 1; axis >= 0; axis--) {
    strides[axis] = size;
    size *= x.shape[axis] as number;
  }
  return x.shape.map((n, axis) =>
    NDArray.from(Int32Array.from(places, (place) => Math.floor(place / (strides[axis] as number)) % n)),
  );
}
/**
 * The positions in the flattened array of the elements that are not 0, int32.
 * @example flatnonzero(array([[0, 5], [7, 0]])) // [1, 2]
 */
export function flatnonzero(x: NDArray): NDArray {
  checkArray("flatnonzero", x);
  const places: number[] = [];
  for (const [i, value] of x.flat().entries()) if (value !== 0) places.push(i);
  return NDArray.from(Int32Array.from(places));
}
/**
 * The indices of the elements that are not 0: a row for each, a column for each axis, int32.
 * PyTorch's `nonzero`.
 * @example argwhere(array([[0, 5], [7, 0]])) // [[0, 1], [1, 0]]
 */
export function argwhere(x: NDArray): NDArray {
  checkArray("argwhere", x);
  const places = flatnonzero(x).flat();
  const out = NDArray.unfilled([places.length, x.ndim], "int32");
  const data = out.flat();
  for (const [row, place] of places.entries()) {
    let rest = place;
    for (let axis = x.ndim - 1; axis >= 0; axis--) {
      const n = x.shape[axis] as number;
      data[row * x.ndim + axis] = rest % n;
      rest = Math.floor(rest / n);
    }
  }
  return out;
}
/**
 * Where each of `values` would have to stand in a vector in ascending order, int32: before its equals
 * ("left", the default), or after them ("right"). A number counts as an array of it.
 * @example searchsorted(array([1, 2, 3]), array([2, 5])) // [1, 3]
 */
export function searchsorted(
  sorted: NDArray,
  values: NDArray | number,
  side: "left" | "right" = "left",
): NDArray {
  checkArray("searchsorted", sorted);
  if (typeof values === "number") return searchsorted(sorted, array(values), side);
  checkArray("searchsorted", values);
  expectArgument("searchsorted", "side", oneOf("left", "right"), side);
  if (sorted.ndim !== 1)
    throw new ShapeError(
      `searchsorted: the sorted array has shape ${formatShape(sorted.shape)}; expected a vector`,
    );
  const data = sorted.flat();
  const places = Int32Array.from(values.flat(), (value) => {
    let [low, high] = [0, data.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = data[middle] as number;
      const goesAfter = side === "left" ? isLess(other, value) : !isLess(value, other);
      if (goesAfter) low = middle + 1;
      else high = middle;
    }
    return low;
  });
  return NDArray.from(places, values.shape);
}

/** a < b, with NaN after all numbers. */
function isLess(a: number, b: number): boolean {
  return a < b || (Number.isNaN(b) && !Number.isNaN(a));
}
