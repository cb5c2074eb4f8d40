/** Elements by their positions. */
import { describe } from "../arguments/describe.ts";
import { array } from "../creation.ts";
import { type Applies, leader } from "../leader.ts";
import { NDArray } from "../ndarray.ts";
import type { Operators } from "../operators.ts";
import { normalizeAxis, sizeOf } from "../shape.ts";
import type { Index } from "../signatures.ts";

/**
 * The elements of x at integer positions along one axis; `indices` has x's shape except along that
 * axis. NumPy's `take_along_axis`, PyTorch's `gather`.
 * @example gather(array([[1, 2], [3, 4]]), array([[1], [0]], { dtype: "int32" }), 1) // [[2], [3]]
 */
export function gather<A extends Applies<A>>(x: A, indices: unknown, axis: number): A {
  return leader<A>("gather", x).apply("gather", x, indices as A, axis);
}
/**
 * Zeros of `shape`, with each element of x added at its index along one axis: the adjoint of
 * `gather`.
 */
export function scatter<A extends Applies<A>>(
  x: A,
  indices: unknown,
  axis: number,
  shape: readonly number[],
): A {
  return leader<A>("scatter", x).apply("scatter", x, indices as A, axis, shape);
}
/**
 * Zeros of `shape`, with x written where an index names it: the adjoint of `slice`. Elements that an
 * index array names twice are added.
 */
export function unslice<A extends Applies<A>>(
  x: A,
  index: readonly Index<unknown>[],
  shape: readonly number[],
): A {
  return leader<A>("unslice", x).apply("unslice", x, index as readonly Index<A>[], shape);
}
/**
 * The elements of x at integer positions along one axis, as `gather`; a negative position counts
 * from the end.
 * @example takeAlongAxis(array([[1, 2], [3, 4]]), array([[-1], [0]], { dtype: "int32" }), 1) // [[2], [3]]
 */
export function takeAlongAxis<A extends Operators<A>>(x: A, indices: unknown, axis: number): A {
  leader<A>("takeAlongAxis", x);
  const along = normalizeAxis("takeAlongAxis", axis, x.ndim);
  return gather(x, fromStart("takeAlongAxis", indices, x.shape[along] as number), along);
}
/**
 * x at `indices` along `axis` (null: in the flattened array), whatever the indices' shape: x[…,
 * indices, …]. Indices are an array of whole numbers, a list or one number; negative ones count from
 * the end.
 * @throws RangeError for an index outside the axis
 * @example take(array([[1, 2, 3], [4, 5, 6]]), [2, 0], 1) // [[3, 1], [6, 4]]
 */
export function take<A extends Operators<A>>(x: A, indices: unknown, axis: number | null = null): A {
  leader<A>("take", x);
  if (axis === null) return take(x.reshape(-1), indices, 0);
  const along = normalizeAxis("take", axis, x.ndim);
  const n = x.shape[along] as number;
  const places = fromStart("take", indices, n);
  const [before, after] = [x.shape.slice(0, along), x.shape.slice(along + 1)];
  const lanes = [sizeOf(before), places.size, sizeOf(after)];
  const picked = gather(x.reshape(lanes.with(1, n)), places.reshape(1, -1, 1).broadcastTo(lanes), 1);
  return picked.reshape([...before, ...places.shape, ...after]);
}

/** Indices as an int32 array, negative ones counted from the start. */
function fromStart(where: string, indices: unknown, n: number): NDArray {
  const values = (indices as { readonly data?: unknown } | null)?.data; // a tensor's
  const given = values instanceof NDArray ? values : indices;
  if (!(given instanceof NDArray) && !Array.isArray(given) && typeof given !== "number")
    throw new TypeError(
      `${where}: indices are ${describe(indices)}; expected an array, a list or a whole number`,
    );
  const places = given instanceof NDArray ? given : array(given);
  for (const place of places.flat())
    if (!Number.isInteger(place) || place < -n || place >= n)
      throw new RangeError(`${where}: index ${place} on an axis of length ${n}; expected ${-n} … ${n - 1}`);
  const negative = places.less(0).astype("int32");
  return places.astype("int32").add(negative.mul(n));
}
