import type { KLDivReduction } from "../../contracts/index.ts";
import { expectShape } from "../../contracts/internal.ts";
import { NDArray, sizeOf } from "../../np/index.ts";

/**
 * What each element of a loss receives from above: dy / total of a mean, whose forward divided by `total`, by default all elements; dy of a
 * sum; its own dy with reduction "none". `shape` is that of all elements' losses. A mean of nothing (total 0: every row ignored) is NaN and passes 0, as in PyTorch.
 * @throws TypeError for a number where reduction "none" needs an array
 * @throws ShapeError where that array has another shape
 */
export function upstream(
  where: string,
  dy: NDArray | number,
  reduction: KLDivReduction,
  shape: readonly number[],
  total: number = sizeOf(shape),
): NDArray | number {
  if (reduction === "none") {
    if (!(dy instanceof NDArray))
      throw new TypeError(`${where}: with reduction "none" dy is an array of the loss's shape, got ${dy}`);
    expectShape(where, "dy", dy.shape, shape);
    return dy;
  }
  const scalar = dy instanceof NDArray ? dy.item() : dy;
  if (reduction === "sum") return scalar;
  return total === 0 ? 0 : scalar / total;
}

/** The same for a loss with one number for each row of x (N, C, …): dy of reduction "none" is (N, …), and comes back as (N, 1, …), one for all classes. */
export function upstreamOfRows(
  where: string,
  dy: NDArray | number,
  reduction: KLDivReduction,
  shape: readonly number[],
  total?: number,
): NDArray | number {
  const each = upstream(where, dy, reduction, shape.toSpliced(1, 1), total);
  return typeof each === "number" ? each : each.reshape(shape.with(1, 1));
}
