import { contracts, type NLLLossOptions, type Reduction } from "../../contracts/index.ts";
import {
  expectIndices,
  reduceLoss,
  settle,
  type WeightedTargets,
  weightedTargets,
} from "../../contracts/internal.ts";
import { type NDArray, where } from "../../np/index.ts";
import { Layer } from "../layer.ts";
import { upstreamOfRows } from "./upstream.ts";

/**
 * Negative log likelihood of log-probabilities, such as LogSoftmax returns:
 * L = −Σ weight[target] · x[target] / Σ weight[target].
 * Shapes: x (N, C) or (N, C, …), target (N, …) class indices, weight (C,) → scalar; with reduction "none" (N, …). One sample is (C,) and ().
 * Backward: dx = −t · dy / total, where t is the target's one-hot row times its weight, or 0 if it is ignored;
 * total is the sum of all t. If that is 0, L is NaN, and so is dx at the targets that are not ignored.
 * Defaults: reduction "mean", weight null, ignoreIndex −100.
 * @throws ShapeError or TypeError for targets that are not class indices, RangeError for a class that does not exist
 * @see Bishop, "Pattern Recognition and Machine Learning", 2006, eq. 4.108; PyTorch's `torch.nn.NLLLoss`
 */
export class NLLLoss extends Layer<[x: NDArray, target: NDArray]> {
  readonly reduction: Reduction;
  divisor: number | null = null;
  /** (C,) */
  readonly weight: NDArray | null;
  readonly ignoreIndex: number;
  #targets: WeightedTargets | null = null;

  constructor(options: NLLLossOptions = {}) {
    super();
    const given = settle(contracts.NLLLoss, {}, options);
    this.reduction = given.reduction;
    this.weight = given.weight;
    this.ignoreIndex = given.ignoreIndex;
  }

  forward(x: NDArray, target: NDArray): NDArray {
    expectIndices("NLLLoss.forward", x, target, this.ignoreIndex);
    const targets = weightedTargets("NLLLoss.forward", x, target, this);
    this.#targets = targets; // chalk: backward needs it
    const { t, total, axis } = targets;
    const rows = where(t.notEqual(0), x.mul(t), 0).sum(axis);
    return reduceLoss(rows.neg(), this, total);
  }

  backward(dy: NDArray | number = 1): NDArray {
    const { t, total } = this.remembered(this.#targets); // (N, C, …)
    const each = upstreamOfRows("NLLLoss.backward", dy, this.reduction, t.shape, total); // a number, or (N, 1, …)
    return t.mul(each).neg(); // (N, C, …)
  }
}
