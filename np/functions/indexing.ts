/** Elements by their positions. */
import { type Applies, leader } from "../leader.ts";
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
