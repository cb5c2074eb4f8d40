/** Elements by their positions. */
import { describe } from "../arguments/describe.ts";
import { array } from "../creation.ts";
import { isFloat } from "../dtype.ts";
import { type Applies, leader } from "../leader.ts";
import { NDArray } from "../ndarray.ts";
import type { Operators } from "../operators.ts";
import { normalizeAxis } from "../shape.ts";
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
  const places = positions("takeAlongAxis", indices);
  if (typeof places === "number") throw notPositions("takeAlongAxis", indices);
  const backwards = places
    .less(0)
    .astype("int32")
    .mul(x.shape[along] as number);
  return gather(x, places.add(backwards), along);
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
  const places: unknown = positions("take", indices);
  return x.slice(...x.shape.slice(0, along).map(() => null), places as A | number);
}

/** Positions as one number or an int32 array; a list becomes one, and of a tensor the values are read. */
function positions(where: string, indices: unknown): NDArray | number {
  if (typeof indices === "number") return indices;
  const values = (indices as { readonly data?: unknown } | null)?.data;
  const given = values instanceof NDArray ? values : indices;
  if (Array.isArray(given)) return array(given, { dtype: "int32" });
  if (!(given instanceof NDArray)) throw notPositions(where, indices);
  return isFloat(given.dtype) ? given : given.astype("int32");
}

function notPositions(where: string, indices: unknown): TypeError {
  return new TypeError(
    `${where}: indices are ${describe(indices)}; expected an array or a list of whole numbers`,
  );
}
