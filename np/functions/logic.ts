/** Questions whose answers are 0 and 1 (uint8), and counts of them; they are constants. */
import { type Applies, leader } from "../leader.ts";
import type { Operators } from "../operators.ts";
import type { Axis } from "../shape.ts";
import { equal } from "./comparisons.ts";

/**
 * 1 where both a and b are not 0, else 0 (uint8).
 * @example logicalAnd(array([0, 1, 1]), array([1, 0, 1])) // [0, 0, 1]
 */
export function logicalAnd<A extends Operators<A>>(a: A, b: A): A {
  leader<A>("logicalAnd", a);
  leader<A>("logicalAnd", b);
  return a.notEqual(0).mul(b.notEqual(0));
}
/**
 * 1 where a or b is not 0, else 0 (uint8).
 * @example logicalOr(array([0, 1, 1]), array([0, 0, 1])) // [0, 1, 1]
 */
export function logicalOr<A extends Operators<A>>(a: A, b: A): A {
  leader<A>("logicalOr", a);
  leader<A>("logicalOr", b);
  return a.notEqual(0).add(b.notEqual(0)).greater(0);
}
/**
 * 1 where x is 0, else 0 (uint8).
 * @example logicalNot(array([0, 2])) // [1, 0]
 */
export function logicalNot<A extends Applies<A>>(x: A): A {
  return leader<A>("logicalNot", x).applyConstant("equal", x, 0);
}
/**
 * Whether any element along `axis` (null: of all) is not 0, as 0 or 1 (uint8); NaN is not 0.
 * @example any(array([[0, 1], [0, 0]]), 1) // [1, 0]
 */
export function any<A extends Operators<A>>(x: A, axis: Axis = null, keepdims: boolean = false): A {
  return countNonzero(x, axis, keepdims).notEqual(0);
}
/**
 * Whether all elements along `axis` (null: all) are not 0, as 0 or 1 (uint8); true of no elements.
 * @example all(array([[1, 1], [0, 1]]), 1) // [1, 0]
 */
export function all<A extends Operators<A>>(x: A, axis: Axis = null, keepdims: boolean = false): A {
  return equal(logicalNot(x).sum(axis, keepdims), 0);
}
/**
 * How many elements along `axis` (null: of all) are not 0, int32.
 * @example countNonzero(array([[0, 1], [2, 3]]), 0) // [1, 2]
 */
export function countNonzero<A extends Operators<A>>(x: A, axis: Axis = null, keepdims: boolean = false): A {
  leader<A>("countNonzero", x);
  return x.notEqual(0).sum(axis, keepdims).astype("int32");
}
