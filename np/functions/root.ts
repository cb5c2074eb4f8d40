import type { Operators } from "../operators.ts";
import { equal } from "./comparisons.ts";
import { sqrt, where } from "./elementwise.ts";

/**
 * √x for sums of squares, with derivative 0 at 0, where √x has none: PyTorch's `std` and `norm`
 * have it there too.
 */
export function rootOfSquares<A extends Operators<A>>(x: A): A {
  const none = equal(x, 0);
  return where(none, 0, sqrt(where(none, 1, x)));
}
