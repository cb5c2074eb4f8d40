import { NDArray } from "../../np/index.ts";
import type { Reduction } from "../../training/index.ts";

/**
 * What each of `count` elements of a loss receives from above: dy / count of a mean, dy of a sum, its own dy with
 * reduction "none".
 * @throws TypeError for a number where reduction "none" needs an array
 */
export function upstream(
  where: string,
  dy: NDArray | number,
  reduction: Reduction,
  count: number,
): NDArray | number {
  if (reduction === "none") {
    if (dy instanceof NDArray) return dy;
    throw new TypeError(`${where}: with reduction "none" dy is an array of the loss's shape, got ${dy}`);
  }
  const scalar = dy instanceof NDArray ? dy.item() : dy;
  return reduction === "mean" ? scalar / count : scalar;
}
