/** Comparisons, as masks of 0 and 1 (uint8), which are constants. */
import { type Applies, leader } from "../leader.ts";
import { abs } from "./elementwise.ts";

type Comparison = "equal" | "notEqual" | "greater" | "greaterEqual" | "less" | "lessEqual";

/** With a number on the left, the array is asked the other way round: 2 > x is x < 2. */
function compare<A extends Applies<A>>(
  op: Comparison,
  mirrored: Comparison,
  a: A | number,
  b: A | number,
): A {
  const array = leader<A>(op, a, b);
  return typeof a === "number" ? array.applyConstant(mirrored, array, a) : array.applyConstant(op, a, b);
}

/**
 * a = b as a uint8 mask; NaN equals nothing. PyTorch's `eq`.
 * @example equal(array([1, 2]), 2) // [0, 1]
 */
export function equal<A extends Applies<A>>(a: A | number, b: A | number): A {
  return compare("equal", "equal", a, b);
}
/**
 * a ≠ b as a uint8 mask.
 * @example notEqual(array([1, 2]), 2) // [1, 0]
 */
export function notEqual<A extends Applies<A>>(a: A | number, b: A | number): A {
  return compare("notEqual", "notEqual", a, b);
}
/**
 * a > b as a uint8 mask.
 * @example greater(array([1, 2, 3]), 2) // [0, 0, 1]
 */
export function greater<A extends Applies<A>>(a: A | number, b: A | number): A {
  return compare("greater", "less", a, b);
}
/**
 * a ≥ b as a uint8 mask.
 * @example greaterEqual(array([1, 2, 3]), 2) // [0, 1, 1]
 */
export function greaterEqual<A extends Applies<A>>(a: A | number, b: A | number): A {
  return compare("greaterEqual", "lessEqual", a, b);
}
/**
 * a < b as a uint8 mask.
 * @example less(array([1, 2, 3]), 2) // [1, 0, 0]
 */
export function less<A extends Applies<A>>(a: A | number, b: A | number): A {
  return compare("less", "greater", a, b);
}
/**
 * a ≤ b as a uint8 mask.
 * @example lessEqual(array([1, 2, 3]), 2) // [1, 1, 0]
 */
export function lessEqual<A extends Applies<A>>(a: A | number, b: A | number): A {
  return compare("lessEqual", "greaterEqual", a, b);
}
/** 1 where the element is neither NaN nor infinite, else 0 (uint8). */
export function isfinite<A extends Applies<A>>(x: A): A {
  return leader<A>("isfinite", x).applyConstant("isfinite", x);
}
/**
 * 1 where the element is NaN, else 0 (uint8).
 * @example isnan(array([1, Number.NaN])) // [0, 1]
 */
export function isnan<A extends Applies<A>>(x: A): A {
  return leader<A>("isnan", x).applyConstant("notEqual", x, x);
}
/**
 * 1 where the element is Infinity or −Infinity, else 0 (uint8).
 * @example isinf(array([1, Infinity])) // [0, 1]
 */
export function isinf<A extends Applies<A>>(x: A): A {
  return leader<A>("isinf", x).applyConstant("equal", abs(x), Number.POSITIVE_INFINITY);
}
