import type { Operators } from "../../np/index.ts";

/** How a loss reduces its elements: to their average, to their sum, or not at all. */
export type Reduction = "mean" | "sum" | "none";
/**
 * KLDivLoss also has "batchmean", the sum divided by the number of rows:
 * the divergence itself, averaged over the rows.
 */
export type KLDivReduction = Reduction | "batchmean";

/**
 * Reduces the losses of the elements to the loss of the batch. A mean is their sum divided by
 * `total`: by default the number of elements, for weighted classes the sum of the weights used,
 * for "batchmean" the number of rows. Chalk's `upstream` is its backward.
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
