import { type CrossEntropyLossOptions, contracts, type Reduction } from "../../contracts/index.ts";
import { reduceLoss, settle, type WeightedTargets, weightedTargets } from "../../contracts/internal.ts";
import { logSoftmax, type NDArray, softmax, where } from "../../np/index.ts";
import { Layer } from "../layer.ts";
import { upstreamOfRows } from "./upstream.ts";

/**
 * Softmax and negative log likelihood in one: L = −Σ t log p / total, p = softmax(logits) = eˣ / Σ eˣ.
 * Pass logits, not probabilities. Each target, a constant, is a class index or a row of probabilities;
 * t is that row: one-hot, smoothed, weighted.
 * Shapes: logits (N, C) or (N, C, …), target (N, …) indices or (N, C, …) float, weight (C,) → scalar; with reduction "none" (N, …). One sample is (C,) and () or (C,).
 * Backward: dlogits = (p · Σ t − t) · dy / total; total is N, or for indices Σ weight[target] over the rows that are not ignored; if that is 0, L is NaN, and dlogits is NaN, but 0 in ignored rows.
 * Defaults: reduction "mean", weight null, ignoreIndex −100, labelSmoothing 0.
 * @throws TypeError for a one-hot target of integers, ShapeError for (N, 1), RangeError for a class that does not exist
 * @see Bishop, "Pattern Recognition and Machine Learning", 2006, eq. 4.108–4.109; `torch.nn.CrossEntropyLoss`
 */
export class CrossEntropyLoss extends Layer<[logits: NDArray, target: NDArray]> {
  readonly reduction: Reduction;
  divisor: number | null = null;
  /** (C,) */
  readonly weight: NDArray | null;
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
    const { t, total, axis } = targets;
    const rows = where(t.notEqual(0), logSoftmax(logits, axis).mul(t), 0).sum(axis); // Σ t log p: (N, …)
    return reduceLoss(rows.neg(), this, total);
  }

  backward(dy: NDArray | number = 1): NDArray {
    const logits = this.remembered(this.#logits); // (N, C, …)
    const { t, total, axis } = this.remembered(this.#targets); // (N, C, …), and the axis of C
    const each = upstreamOfRows("CrossEntropyLoss.backward", dy, this.reduction, t.shape, total); // a number, or (N, 1, …)
    return softmax(logits, axis).mul(t.sum(axis, true)).sub(t).mul(each); // p · Σ t − t: (N, C, …)
  }
}
