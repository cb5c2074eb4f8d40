/** Functions that reduce axes to one number each. */
import { type Contract, type None, settleOptions } from "../arguments/contract.ts";
import { finite } from "../arguments/kinds.ts";
import { type Applies, leader } from "../leader.ts";
import type { Operators } from "../operators.ts";
import { type Axis, sizeOf } from "../shape.ts";
import { rootOfSquares } from "./root.ts";

export interface DeviationOptions {
  /** "Delta degrees of freedom": the sum of squares is divided by n − ddof; default 0. */
  readonly ddof?: number;
}

const deviations: Contract<None, DeviationOptions> = {
  name: "var",
  positional: {},
  options: { ddof: finite(0) },
};

/**
 * Σ over `axis` (null: all). Integers are summed in float64, exact up to 2⁵³.
 * @example sum(array([[1, 2], [3, 4]]), 0) // [4, 6]
 */
export function sum<A extends Applies<A>>(x: A, axis: Axis = null, keepdims: boolean = false): A {
  return leader<A>("sum", x).apply("sum", x, axis, keepdims);
}
/**
 * The average over `axis` (null: all).
 * @example mean(array([[1, 2], [3, 4]]), 1) // [1.5, 3.5]
 */
export function mean<A extends Applies<A>>(x: A, axis: Axis = null, keepdims: boolean = false): A {
  return leader<A>("mean", x).apply("mean", x, axis, keepdims);
}
/**
 * Π over `axis` (null: all). Integers are multiplied in float64. The gradient is the product of the
 * other elements, also where some are 0.
 * @example prod(array([[1, 2], [3, 4]]), 0) // [3, 8]
 */
export function prod<A extends Applies<A>>(x: A, axis: Axis = null, keepdims: boolean = false): A {
  return leader<A>("prod", x).apply("prod", x, axis, keepdims);
}
/**
 * Σ (x − mean)² / (n − ddof) over `axis` (null: all), with the mean of the same elements. NumPy's
 * `ddof` is 0, PyTorch's `correction` 1.
 */
function variance<A extends Operators<A>>(
  x: A,
  axis: Axis = null,
  keepdims: boolean = false,
  options: DeviationOptions = {},
): A {
  const { ddof } = settleOptions("var", deviations, options);
  const y = leader<A>("var", x).apply("var", x, axis, keepdims);
  if (ddof === 0) return y;
  const n = sizeOf(x.shape) / sizeOf(y.shape);
  return y.mul(n / Math.max(n - ddof, 0));
}

export { variance as var };

/**
 * √(Σ (x − mean)² / (n − ddof)) over `axis` (null: all): the square root of `var`. Its derivative
 * counts as 0 where it is 0.
 * @example std(array([[1, 3], [2, 6]]), 1) // [1, 2]
 */
export function std<A extends Operators<A>>(
  x: A,
  axis: Axis = null,
  keepdims: boolean = false,
  options: DeviationOptions = {},
): A {
  settleOptions("std", { ...deviations, name: "std" }, options);
  leader<A>("std", x);
  return rootOfSquares(variance(x, axis, keepdims, options));
}
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
 * The index of the first largest along `axis` (null: in the flattened array), int32.
 * @example argmax(array([[1, 2], [4, 3]]), 1) // [1, 0]
 */
export function argmax<A extends Applies<A>>(x: A, axis: number | null = null, keepdims: boolean = false): A {
  return leader<A>("argmax", x).applyConstant("argmax", x, axis, keepdims);
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
