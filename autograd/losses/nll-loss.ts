import { contracts, type NLLLossOptions, type Reduction } from "../../contracts/index.ts";
import { expectIndices, reduceLoss, settle, weightedTargets } from "../../contracts/internal.ts";
import { type NDArray, where } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * Negative log likelihood of log-probabilities, such as LogSoftmax returns:
 * L = −Σ weight[target] · x[target] / Σ weight[target].
 * Shapes: x (N, C) or (N, C, …), target (N, …) class indices, weight (C,) → scalar; with reduction "none" (N, …). One sample is (C,) and ().
 * Defaults: reduction "mean", weight null, ignoreIndex −100.
 * @throws ShapeError or TypeError for targets that are not class indices,
 * RangeError for a class that does not exist
 * @see Bishop, "Pattern Recognition and Machine Learning", 2006, eq. 4.108; PyTorch's `torch.nn.NLLLoss`
 */
export class NLLLoss extends Module<[x: Tensor, target: NDArray | Tensor]> {
  readonly reduction: Reduction;
  divisor: number | null = null;
  /** (C,) */
  readonly weight: NDArray | null;
  readonly ignoreIndex: number;

  constructor(options: NLLLossOptions = {}) {
    super();
    const given = settle(contracts.NLLLoss, {}, options);
    this.reduction = given.reduction;
    this.weight = given.weight;
    this.ignoreIndex = given.ignoreIndex;
  }

  forward(x: Tensor, target: NDArray | Tensor): Tensor {
    expectIndices("NLLLoss.forward", x, target, this.ignoreIndex);
    const targets = weightedTargets("NLLLoss.forward", x, target, this);
    const { t, total, axis } = targets;
    const rows = where(t.notEqual(0), x.mul(t), 0).sum(axis);
    return reduceLoss(rows.neg(), this, total);
  }
}
