/** Softmax, and means and deviations taken out. */
import { describe } from "../arguments/describe.ts";
import { type Applies, checkConstants, leader } from "../leader.ts";
import { byPosition } from "../shape.ts";
import { exp } from "./elementwise.ts";

function checkAxis(where: string, axis: unknown): void {
  if (typeof axis !== "number")
    throw new TypeError(`${where}: axis is ${describe(axis)}; expected one whole number${byPosition(axis)}`);
}

/**
 * (x − mean) / std, with broadcasting, in one pass. `axes`: the axes over which mean and std were
 * computed from x, so that its gradient flows through them too; [] (default) if they are constants,
 * such as running statistics.
 * @throws TypeError if a constant is a tensor, whose gradient would be lost
 */
export function standardize<A extends Applies<A>>(
  x: A,
  mean: unknown,
  std: unknown,
  axes: readonly number[] = [],
): A {
  const array = leader<A>("standardize", x);
  checkConstants("standardize", axes, mean, std);
  return array.apply("standardize", x, mean as A, std as A, axes);
}
/**
 * eˣ / Σ eˣ along one axis, without overflow: positive numbers whose sum is 1. SciPy's `scipy.special.softmax`, PyTorch's `softmax`.
 * @example softmax(array([1, 2, 3]), 0) // [0.09, 0.2447, 0.6652]
 */
export function softmax<A extends Applies<A>>(x: A, axis: number): A {
  checkAxis("softmax", axis);
  return exp(logSoftmax(x, axis));
}
/**
 * x − log Σ eˣ along one axis, without overflow: the logarithms of `softmax`.
 * @example logSoftmax(array([1, 2, 3]), 0) // [-2.4076, -1.4076, -0.4076]
 */
export function logSoftmax<A extends Applies<A>>(x: A, axis: number): A {
  checkAxis("logSoftmax", axis);
  return leader<A>("logSoftmax", x).apply("logSoftmax", x, axis);
}
