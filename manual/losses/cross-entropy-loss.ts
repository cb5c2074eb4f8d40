import { type CrossEntropyLossOptions, contracts, type Reduction } from "../../contracts/index.ts";
import { reduceLoss, settle, type WeightedTargets, weightedTargets } from "../../contracts/internal.ts";
import type { NDArray } from "../../np/index.ts";
import { softmaxCrossEntropy, softmaxMinus } from "../../np/internal.ts";
import { Layer } from "../layer.ts";
import { upstream } from "./upstream.ts";

/**
 * Softmax and negative log likelihood in one: L = −Σ t log p / total, p = softmax(logits) = eˣ / Σ eˣ. Give it logits, not
 * probabilities; the target is one class index a row, or one row of probabilities. t is its row: one-hot, smoothed, weighted.
 * Shapes: logits (N, C) or (N, C, …), target (N, …) indices or (N, C, …) float, weight (C,) → scalar; with reduction "none" (N, …).
 * Backward: dlogits = (p · Σ t − t) · dy / total; total is N, or for indices Σ weight[target] of the rows that are not ignored.
 * Defaults: reduction "mean", weight null, ignoreIndex −100, labelSmoothing 0.
 * @throws TypeError for a one-hot target of integers, ShapeError for (N, 1), RangeError for a class that does not exist
 * @see Bishop, "Pattern Recognition and Machine Learning", 2006, eq. 4.108–4.109; `torch.nn.CrossEntropyLoss`
 */
export class CrossEntropyLoss extends Layer<[logits: NDArray, target: NDArray]> {
  readonly reduction: Reduction;
  readonly weight: NDArray | null; // (C,)
  readonly ignoreIndex: number;
  readonly labelSmoothing: number;
  #logits: NDArray | null = null;
  #targets: WeightedTargets | null = null;

  constructor(options: CrossEntropyLossOptions = {}) {
    super();
    const given = settle(contracts.CrossEntropyLoss, {}, options);
    this.reduction = given.reduction;
    this.weight = given.weight;
    this.ignoreIndex = given.ignoreIndex;
    this.labelSmoothing = given.labelSmoothing;
  }

  forward(logits: NDArray, target: NDArray): NDArray {
    const targets = weightedTargets("CrossEntropyLoss.forward", logits, target, this);
    this.#logits = logits; // chalk: backward needs it
    this.#targets = targets; // chalk: backward needs it
    const rows = softmaxCrossEntropy(logits, targets.t, 1); // −Σ t log p: (N, …)
    return reduceLoss(rows, this.reduction, targets.total);
  }

  backward(dy: NDArray | number = 1): NDArray {
    const logits = this.remembered(this.#logits); // (N, C, …)
    const { t, total } = this.remembered(this.#targets); // (N, C, …)
    const rows = t.shape.toSpliced(1, 1); // (N, …)
    const each = upstream("CrossEntropyLoss.backward", dy, this.reduction, rows, total); // a number, or (N, …)
    return softmaxMinus(logits, t, each, 1); // (p · Σ t − t) · each, p = softmax(logits): (N, C, …)
  }
}
