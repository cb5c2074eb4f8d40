/** The same elements in other places. */
import { type Applies, leader } from "../leader.ts";
import type { PadWidths } from "../signatures.ts";

/**
 * Axes in a new order (default: reversed). PyTorch's `permute`.
 * @example transpose(array([[1, 2], [3, 4]])) // [[1, 3], [2, 4]]
 */
export function transpose<A extends Applies<A> & { readonly shape: readonly number[] }>(
  x: A,
  axes?: readonly number[],
): A {
  const array = leader<A>("transpose", x);
  return array.apply(
    "transpose",
    x,
    axes === undefined ? x.shape.map((_, i) => x.shape.length - 1 - i) : axes,
  );
}
/**
 * x with `value` (default 0) added around it. `widths`: one [before, after] per axis, or one number for all.
 * @example pad(array([1, 2]), 1) // [0, 1, 2, 0]
 */
export function pad<A extends Applies<A> & { readonly shape: readonly number[] }>(
  x: A,
  widths: number | PadWidths,
  value: number = 0,
): A {
  const first = leader<A>("pad", x);
  const pairs = typeof widths === "number" ? x.shape.map(() => [widths, widths] as const) : widths;
  return first.apply("pad", x, pairs, value);
}
