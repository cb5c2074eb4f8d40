/** Sums, products and powers of elements, with broadcasting. */
import { array as arrayOf } from "../creation.ts";
import { checkFits } from "../dtype.ts";
import { type Applies, leader } from "../leader.ts";
import type { Operators } from "../operators.ts";
import { symmetric } from "./symmetric.ts";

/**
 * a + b, with broadcasting.
 * @example add(array([1, 2]), 10) // [11, 12]
 */
export function add<A extends Applies<A>>(a: A | number, b: A | number): A {
  return symmetric("add", "add", a, b);
}
/**
 * a − b, with broadcasting.
 * @example subtract(array([1, 2]), array([3, 5])) // [-2, -3]
 */
export function subtract<A extends Operators<A>>(a: A | number, b: A | number): A {
  const array = leader<A>("subtract", a, b);
  return array.apply("sub", asFirst("subtract", a, array), b);
}
/**
 * a · b element by element, with broadcasting.
 * @example multiply(array([1, 2]), array([3, 4])) // [3, 8]
 */
export function multiply<A extends Applies<A>>(a: A | number, b: A | number): A {
  return symmetric("multiply", "mul", a, b);
}
/**
 * a / b, with broadcasting; integers give float64.
 * @example divide(array([1, 3]), 2) // [0.5, 1.5]
 */
export function divide<A extends Operators<A>>(a: A | number, b: A | number): A {
  const array = leader<A>("divide", a, b);
  return array.apply("div", asFirst("divide", a, array), b);
}
/**
 * −x.
 * @example negative(array([1, -2])) // [-1, 2]
 */
export function negative<A extends Applies<A>>(x: A): A {
  return leader<A>("negative", x).apply("neg", x);
}
/**
 * aᵇ, with broadcasting.
 * @throws TypeError for integers to a negative power
 * @example power(array([1, 2, 3]), 2) // [1, 4, 9]
 */
export function power<A extends Operators<A>>(a: A | number, b: A | number): A {
  const array = leader<A>("power", a, b);
  return array.apply("pow", asFirst("power", a, array), b);
}
/**
 * x².
 * @example square(array([-3, 2])) // [9, 4]
 */
export function square<A extends Applies<A>>(x: A): A {
  return leader<A>("square", x).apply("mul", x, x);
}
/**
 * 1 / x; integers give float64, where NumPy's stay integers.
 * @example reciprocal(array([4, -2])) // [0.25, -0.5]
 */
export function reciprocal<A extends Applies<A>>(x: A): A {
  return leader<A>("reciprocal", x).apply("reciprocal", x);
}

/** A number on the left as a constant of the array's dtype; anything else as it is. */
function asFirst<A extends Operators<A>>(where: string, a: A | number, b: A): A {
  if (typeof a !== "number") return a;
  checkFits(where, a, b.dtype);
  const constant: unknown = arrayOf(a, { dtype: b.dtype });
  return constant as A;
}
