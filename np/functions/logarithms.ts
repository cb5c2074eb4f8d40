/** Logarithms to other bases, and near 1. */
import { type Applies, leader } from "../leader.ts";

/**
 * log(1 + x), exact near 0, where 1 + x rounds to 1.
 * @example log1p(array([0, 1])) // [0, 0.6931]
 */
export function log1p<A extends Applies<A>>(x: A): A {
  return leader<A>("log1p", x).apply("log1p", x);
}
/**
 * The logarithm to base 2; −Infinity at 0, NaN below.
 * @example log2(array([1, 8])) // [0, 3]
 */
export function log2<A extends Applies<A>>(x: A): A {
  return leader<A>("log2", x).apply("log2", x);
}
/**
 * The logarithm to base 10; −Infinity at 0, NaN below.
 * @example log10(array([1, 1000])) // [0, 3]
 */
export function log10<A extends Applies<A>>(x: A): A {
  return leader<A>("log10", x).apply("log10", x);
}
