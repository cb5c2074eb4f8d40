import type { Operators } from "../../np/index.ts";
import { sizeOf } from "../../np/index.ts";

/** How a loss reduces its elements: to their average, to their sum, or not at all. */
export type Reduction = "mean" | "sum" | "none";
/**
 * KLDivLoss also has "batchmean", the sum divided by the number of rows:
 * the divergence itself, averaged over the rows.
 */
export type KLDivReduction = Reduction | "batchmean";

/** A loss as its reduction sees it. */
export interface Reducing {
  readonly reduction: KLDivReduction;
  /** What the last forward divided the sum of its elements by; null before the first. */
  divisor: number | null;
}

/**
 * Reduces the losses of the elements to the loss of the batch. A mean is their sum divided by
 * `total`: by default the number of elements, for weighted classes the sum of the weights used,
 * for "batchmean" the number of rows. Chalk's `upstream` is its backward. The loss keeps the
 * divisor, 1 for a sum, so that batches of any size can be averaged.
 */
export function reduceLoss<A extends Operators<A>>(elements: A, loss: Reducing, total?: number): A {
  const isMean = loss.reduction !== "none" && loss.reduction !== "sum";
  loss.divisor = isMean ? (total ?? sizeOf(elements.shape)) : 1;
  if (loss.reduction === "none") return elements;
  if (loss.reduction === "sum") return elements.sum();
  return total === undefined ? elements.mean() : elements.sum().div(total);
}
