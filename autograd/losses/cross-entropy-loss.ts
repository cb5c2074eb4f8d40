import { type CrossEntropyLossOptions, contracts, type Reduction } from "../../contracts/index.ts";
import { reduceLoss, settle, weightedTargets } from "../../contracts/internal.ts";
import type { NDArray } from "../../np/index.ts";
import { softmaxCrossEntropy } from "../../np/internal.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * Softmax and negative log likelihood in one: L = −Σ t log p / total, p = softmax(logits) = eˣ / Σ eˣ.
 * Pass logits, not probabilities. Each target is a class index or a row of probabilities;
 * t is that row: one-hot, smoothed, weighted.
 * Shapes: logits (N, C) or (N, C, …), target (N, …) indices or (N, C, …) float, weight (C,) → scalar; with reduction "none" (N, …). One sample is (C,) and () or (C,).
 * Probabilities that are a tensor have a gradient too.
 * Defaults: reduction "mean", weight null, ignoreIndex −100, labelSmoothing 0.
 * @throws TypeError for a one-hot target of integers, ShapeError for (N, 1), RangeError for a class that does not exist
 * @see Bishop, "Pattern Recognition and Machine Learning", 2006, eq. 4.108–4.109; `torch.nn.CrossEntropyLoss`
 */
export class CrossEntropyLoss extends Module<[logits: Tensor, target: NDArray | Tensor]> {
  readonly reduction: Reduction;
  divisor: number | null = null;
  /** (C,) */
  readonly weight: NDArray | null;
  readonly ignoreIndex: number;
  readonly labelSmoothing: number;

  constructor(options: CrossEntropyLossOptions = {}) {
    super();
    const given = settle(contracts.CrossEntropyLoss, {}, options);
    this.reduction = given.reduction;
    this.weight = given.weight;
    this.ignoreIndex = given.ignoreIndex;
    this.labelSmoothing = given.labelSmoothing;
  }

  forward(logits: Tensor, target: NDArray | Tensor): Tensor {
    const targets = weightedTargets("CrossEntropyLoss.forward", logits, target, this);
    const { t, total, axis } = targets;
    // differs: fused, as a library does
    const rows = softmaxCrossEntropy(logits, t, axis); // −Σ t log p: (N, …)
    return reduceLoss(rows, this, total);
  }
}
