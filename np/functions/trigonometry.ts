/** Functions of angles, in radians, and the hyperbolic ones. */
import { type Applies, leader } from "../leader.ts";

/**
 * sin x, of an angle in radians.
 * @example sin(array([0, Math.PI / 2])) // [0, 1]
 */
export function sin<A extends Applies<A>>(x: A): A {
  return leader<A>("sin", x).apply("sin", x);
}
/**
 * cos x, of an angle in radians.
 * @example cos(array([0, Math.PI])) // [1, -1]
 */
export function cos<A extends Applies<A>>(x: A): A {
  return leader<A>("cos", x).apply("cos", x);
}
/**
 * tan x = sin x / cos x, of an angle in radians.
 * @example tan(array([0, 1])) // [0, 1.5574]
 */
export function tan<A extends Applies<A>>(x: A): A {
  return leader<A>("tan", x).apply("tan", x);
}
/**
 * The angle in −π/2 … π/2 whose sine is x; NaN unless −1 ≤ x ≤ 1.
 * @example arcsin(array([0, 1])) // [0, 1.5708]
 */
export function arcsin<A extends Applies<A>>(x: A): A {
  return leader<A>("arcsin", x).apply("arcsin", x);
}
/**
 * The angle in 0 … π whose cosine is x; NaN unless −1 ≤ x ≤ 1.
 * @example arccos(array([1, -1])) // [0, 3.1416]
 */
export function arccos<A extends Applies<A>>(x: A): A {
  return leader<A>("arccos", x).apply("arccos", x);
}
/**
 * The angle in −π/2 … π/2 whose tangent is x.
 * @example arctan(array([0, 1])) // [0, 0.7854]
 */
export function arctan<A extends Applies<A>>(x: A): A {
  return leader<A>("arctan", x).apply("arctan", x);
}
/**
 * (eˣ − e⁻ˣ) / 2.
 * @example sinh(array([0, 1])) // [0, 1.1752]
 */
export function sinh<A extends Applies<A>>(x: A): A {
  return leader<A>("sinh", x).apply("sinh", x);
}
/**
 * (eˣ + e⁻ˣ) / 2.
 * @example cosh(array([0, 1])) // [1, 1.5431]
 */
export function cosh<A extends Applies<A>>(x: A): A {
  return leader<A>("cosh", x).apply("cosh", x);
}
