/** Whether arrays are equal, or nearly. */
import { expectArgument } from "../arguments/contract.ts";
import { boolean } from "../arguments/kinds.ts";
import { anyNumber } from "../arguments/object-kinds.ts";
import { leader } from "../leader.ts";
import type { Operators } from "../operators.ts";
import { sameShape } from "../shape.ts";
import { equal, isfinite, isnan } from "./comparisons.ts";
import { abs } from "./elementwise.ts";
import { all } from "./logic.ts";

/**
 * |a − b| ≤ atol + rtol · |b| as a uint8 mask; equal infinities are close, and NaN only with
 * `equalNan`.
 * @example isclose(array([1, 2]), array([1 + 1e-9, 2.1])) // [1, 0]
 */
export function isclose<A extends Operators<A>>(
  a: A,
  b: A | number,
  rtol: number = 1e-5,
  atol: number = 1e-8,
  equalNan: boolean = false,
): A {
  leader<A>("isclose", a);
  if (typeof b !== "number") leader<A>("isclose", b);
  for (const [name, tolerance] of Object.entries({ rtol, atol }))
    expectArgument("isclose", name, anyNumber, tolerance);
  expectArgument("isclose", "equalNan", boolean, equalNan);
  const size = typeof b === "number" ? Math.abs(b) : abs(b);
  const bound = typeof size === "number" ? atol + rtol * size : size.astype("float64").mul(rtol).add(atol);
  const near = abs(a.astype("float64").sub(b)).lessEqual(bound);
  const within = typeof b === "number" ? Number(Number.isFinite(b)) : isfinite(b);
  const close = near.mul(within).add(equal(a, b)).greater(0);
  if (!equalNan) return close;
  return close.add(isnan(a).mul(typeof b === "number" ? Number(Number.isNaN(b)) : isnan(b)));
}
/**
 * Whether `isclose` holds everywhere: |a − b| ≤ atol + rtol · |b|.
 * @example allclose(array([1, 2]), array([1, 2 + 1e-9])) // true
 */
export function allclose<A extends Operators<A> & { item(): number }>(
  a: A,
  b: A | number,
  rtol: number = 1e-5,
  atol: number = 1e-8,
  equalNan: boolean = false,
): boolean {
  leader<A>("allclose", a);
  return all(isclose(a, b, rtol, atol, equalNan)).item() === 1;
}
/**
 * Whether both have the same shape and the same elements; NaN equals nothing. PyTorch's `equal`.
 * @example arrayEqual(array([1, 2]), array([1, 2])) // true
 */
export function arrayEqual<A extends Operators<A> & { item(): number }>(a: A, b: A): boolean {
  leader<A>("arrayEqual", a);
  leader<A>("arrayEqual", b);
  return sameShape(a.shape, b.shape) && all(equal(a, b)).item() === 1;
}
