import { NDArray } from "../../np/index.ts";
import type { KLDivReduction } from "../../training/index.ts";

/**
 * What each element of a loss receives from above: dy / total of a mean, whose forward divided by `total`, dy of a sum, its own dy with
 * reduction "none". A mean of nothing (total 0: every row ignored) is NaN and passes 0, as in PyTorch.
 * @throws TypeError for a number where reduction "none" needs an array
 */
export function upstream(
  where: string,
  dy: NDArray | number,
  reduction: KLDivReduction,
  total: number,
): NDArray | number {
  if (reduction === "none") {
    if (dy instanceof NDArray) return dy;
    throw new TypeError(`${where}: with reduction "none" dy is an array of the loss's shape, got ${dy}`);
  }
  const scalar = dy instanceof NDArray ? dy.item() : dy;
  if (reduction === "sum") return scalar;
  return total === 0 ? 0 : scalar / total;
}
