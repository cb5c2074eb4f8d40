/** Sums and products of all elements up to each one, along an axis. */
import { describe } from "../arguments/describe.ts";
import { linearRecurrence } from "../fused-functions.ts";
import { leader } from "../leader.ts";
import type { Operators } from "../operators.ts";
import { byPosition, normalizeAxes } from "../shape.ts";

/**
 * yᵢ = x₀ + … + xᵢ along `axis` (null: of the flattened array). Integers are summed in float64.
 * @example cumsum(array([1, 2, 3])) // [1, 3, 6]
 */
export function cumsum<A extends Operators<A>>(x: A, axis: number | null = null): A {
  const array = leader<A>("cumsum", x);
  return axis === null ? array.apply("cumsum", x.reshape(-1), 0) : array.apply("cumsum", x, axis);
}
/**
 * yᵢ = x₀ · … · xᵢ along `axis` (null: of the flattened array). Integers are multiplied in float64.
 * @example cumprod(array([1, 2, 3])) // [1, 2, 6]
 */
export function cumprod<A extends Operators<A>>(x: A, axis: number | null = null): A {
  leader<A>("cumprod", x);
  if (axis === null) return cumprod(x.reshape(-1), 0);
  if (typeof axis !== "number")
    throw new TypeError(
      `cumprod: axis is ${describe(axis)}; expected one whole number, or null${byPosition(axis)}`,
    );
  const [along] = normalizeAxes("cumprod", axis, x.ndim);
  if (along === undefined) return x.mul(1);
  const length = x.shape[along] as number;
  if (length === 0) return linearRecurrence(x, x, along);
  // y₀ = x₀ and yᵢ = xᵢ yᵢ₋₁ + 0
  const first = x.slice(...x.shape.map((_, i) => (i === along ? ([0, 1] as const) : null)));
  const widths = x.shape.map((_, i) => [0, i === along ? length - 1 : 0] as const);
  return linearRecurrence(x, x.apply("pad", first, widths, 0), along);
}
