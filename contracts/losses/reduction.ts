import type { Operators } from "../../np/index.ts";

/** How a loss sums up its elements: their average, their sum, or not at all. */
export type Reduction = "mean" | "sum" | "none";
/** KLDivLoss also knows the sum divided by the number of rows, which is the divergence itself, averaged over them. */
export type KLDivReduction = Reduction | "batchmean";

/**
 * The loss of a batch from the loss of its elements. A mean is their sum divided by `total`: by default their number, for weighted classes
 * the sum of the weights that took part, for "batchmean" the number of rows. Chalk's `upstream` is its other half.
 */
export function reduceLoss<A extends Operators<A>>(
  elements: A,
  reduction: KLDivReduction,
  total?: number,
): A {
  if (reduction === "none") return elements;
  if (reduction === "sum") return elements.sum();
  return total === undefined ? elements.mean() : elements.sum().div(total);
}
