/** Functions that reduce axes to one number each. */
import { type Applies, leader } from "../leader.ts";
import type { Axis } from "../shape.ts";

/** The average of (x − its own mean)² over `axis` (null: all). NumPy's `var`; PyTorch's divides by n − 1. */
function variance<A extends Applies<A>>(x: A, axis: Axis = null, keepdims: boolean = false): A {
  return leader<A>("var", x).apply("var", x, axis, keepdims);
}

export { variance as var };
/**
 * The largest along `axis` (null: of all); NaN wins.
 * @example max(array([[1, 2], [4, 3]]), 1) // [2, 4]
 */
export function max<A extends Applies<A>>(x: A, axis: number | null = null, keepdims: boolean = false): A {
  return leader<A>("max", x).apply("max", x, axis, keepdims);
}
/**
 * The smallest along `axis` (null: of all); NaN wins.
 * @example min(array([[1, 2], [4, 3]]), 1) // [1, 3]
 */
export function min<A extends Applies<A>>(x: A, axis: number | null = null, keepdims: boolean = false): A {
  return leader<A>("min", x).apply("min", x, axis, keepdims);
}
/**
 * The index of the first smallest along `axis` (null: in the flattened array), int32.
 * @example argmin(array([[1, 2], [4, 3]]), 1) // [0, 1]
 */
export function argmin<A extends Applies<A>>(x: A, axis: number | null = null, keepdims: boolean = false): A {
  return leader<A>("argmin", x).applyConstant("argmin", x, axis, keepdims);
}
/** Σ a · b over `axis` (default: the last): `a.mul(b).sum(axis)` in one pass, for equal shapes. */
export function vecdot<A extends Applies<A>>(a: A, b: A, axis: Axis = -1, keepdims: boolean = false): A {
  return leader<A>("vecdot", a, b).apply("vecdot", a, b, axis, keepdims);
}
/**
 * log Σ eˣ over `axis` (null: all), without overflow; −Infinity if there are no elements.
 * @example logsumexp(array([1000, 1000])) // 1000.6931
 */
export function logsumexp<A extends Applies<A>>(x: A, axis: Axis = null, keepdims: boolean = false): A {
  return leader<A>("logsumexp", x).apply("logsumexp", x, axis, keepdims);
}
