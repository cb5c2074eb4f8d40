/** Numbers rounded, or kept within bounds. */
import { describe } from "../arguments/describe.ts";
import { isFloat } from "../dtype.ts";
import { type Applies, leader } from "../leader.ts";
import type { Operators } from "../operators.ts";

/**
 * The largest whole number ≤ x.
 * @example floor(array([1.5, -1.5])) // [1, -2]
 */
export function floor<A extends Applies<A>>(x: A): A {
  return leader<A>("floor", x).applyConstant("floor", x);
}
/**
 * The smallest whole number ≥ x.
 * @example ceil(array([1.5, -1.5])) // [2, -1]
 */
export function ceil<A extends Applies<A>>(x: A): A {
  return leader<A>("ceil", x).applyConstant("ceil", x);
}
/**
 * x without its fraction, rounded towards 0.
 * @example trunc(array([1.5, -1.5])) // [1, -1]
 */
export function trunc<A extends Applies<A>>(x: A): A {
  return leader<A>("trunc", x).applyConstant("trunc", x);
}
/**
 * The nearest whole number; halves go to the even neighbour.
 * @example rint(array([0.5, 1.5, -2.7])) // [0, 2, -3]
 */
export function rint<A extends Applies<A>>(x: A): A {
  return leader<A>("rint", x).applyConstant("rint", x);
}
/**
 * x rounded to `decimals` (default 0); halves go to the even neighbour: round(2.5) is 2. Negative
 * decimals round to tens, hundreds, …
 * @example round(array([0.5, 1.5, -2.7])) // [0, 2, -3]
 */
export function round<A extends Operators<A>>(x: A, decimals: number = 0): A {
  const array = leader<A>("round", x);
  if (!Number.isInteger(decimals))
    throw new TypeError(`round: decimals is ${describe(decimals)}; expected a whole number`);
  const digits = 10 ** Math.abs(decimals);
  if (decimals === 0) return array.applyConstant("rint", x);
  if (decimals > 0) return isFloat(x.dtype) ? array.applyConstant("rint", x.mul(digits)).div(digits) : x;
  return array.applyConstant("rint", x.div(digits)).mul(digits).astype(x.dtype);
}
/**
 * x with everything below `min` raised to it, and everything above `max` lowered to it; null is no
 * bound. NaN stays NaN. The bounds are numbers; for arrays of bounds write
 * `minimum(maximum(x, low), high)`. PyTorch's `clamp`.
 * @example clip(array([-2, 0.5, 3]), 0, 1) // [0, 0.5, 1]
 */
export function clip<A extends Applies<A>>(x: A, min: number | null, max: number | null = null): A {
  return leader<A>("clip", x).apply("clip", x, min, max);
}
