import type { Operators } from "../np/index.ts";

/** How a loss sums up its elements: their average, their sum, or not at all. */
export type Reduction = "mean" | "sum" | "none";

const reductions: readonly Reduction[] = ["mean", "sum", "none"];

export interface LossOptions {
  /** Default "mean". */
  readonly reduction?: Reduction;
}

/** @throws RangeError for a word that is not a reduction */
export function expectReduction(where: string, reduction: Reduction): Reduction {
  if (reductions.includes(reduction)) return reduction;
  throw new RangeError(`${where}: reduction is "${reduction}", expected one of ${reductions.join(", ")}`);
}

/** The loss of a batch from the loss of its elements. */
export function reduceLoss<A extends Operators<A>>(elements: A, reduction: Reduction): A {
  if (reduction === "none") return elements;
  return reduction === "sum" ? elements.sum() : elements.mean();
}
