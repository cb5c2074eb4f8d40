import type { KLDivReduction } from "../../contracts/index.ts";
import { classAxis, expectShape } from "../../contracts/internal.ts";
import { NDArray, sizeOf } from "../../np/index.ts";
import { describe } from "../../np/internal.ts";

/**
 * The gradient that each element's loss receives: for a mean, dy / total,
 * where `total` is the divisor in forward (default: the number of elements); for a sum, dy;
 * with reduction "none", the element's own dy. `shape` is the shape of the unreduced loss; if that is (), dy may
 * be a number.
 * A mean over nothing (total 0) is NaN and passes 0 to the rows that are ignored, as in PyTorch; to
 * rows of weight 0 it passes NaN, which stands in their t (see `weightedTargets`).
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
  if (typeof dy !== "number" && !(dy instanceof NDArray))
    throw new TypeError(`${where}: dy is ${describe(dy)}, expected a number or an array`);
  if (reduction === "none" && shape.length > 0) {
    if (!(dy instanceof NDArray))
      throw new TypeError(
        `${where}: with reduction "none" dy must be an array of the loss's shape, got ${describe(dy)}`,
      );
    expectShape(where, "dy", dy.shape, shape);
    return dy;
  }
  const scalar = dy instanceof NDArray ? dy.item() : dy;
  if (reduction === "sum" || reduction === "none") return scalar;
  return total === 0 ? 0 : scalar / total;
}

/**
 * The same for a loss with one number per row of x, (N, C, …) or (C,). With reduction "none",
 * dy is (N, …) and is returned as (N, 1, …), to broadcast over the classes.
 */
export function upstreamOfRows(
  where: string,
  dy: NDArray | number,
  reduction: KLDivReduction,
  shape: readonly number[],
  total?: number,
): NDArray | number {
  const axis = classAxis(shape);
  const each = upstream(where, dy, reduction, shape.toSpliced(axis, 1), total);
  return typeof each === "number" ? each : each.reshape(shape.with(axis, 1));
}
