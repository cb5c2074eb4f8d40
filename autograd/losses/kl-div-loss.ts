import { contracts, type KLDivLossOptions, type KLDivReduction } from "../../contracts/index.ts";
import { expectNonNegative, expectSameShape, reduceLoss, settle } from "../../contracts/internal.ts";
import { exp, log, multiply, type NDArray, sizeOf, where } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * The Kullback–Leibler divergence KL(t ‖ eˣ) of a target distribution t from log-probabilities x:
 * L = Σ t (log t − x), with 0 log 0 = 0.
 * Shapes: x and target (any, equal; rows first) → scalar; with reduction "none" the same shape.
 * A tensor as target has a gradient too: NaN where t is 0, as in PyTorch.
 * Defaults: reduction "mean", logTarget false; with logTarget the target is log t.
 * @throws ShapeError unless the shapes are equal, RangeError for a negative t
 * @see Bishop, "Pattern Recognition and Machine Learning", 2006, eq. 1.113; PyTorch's `torch.nn.KLDivLoss`
 */
export class KLDivLoss extends Module<[x: Tensor, target: NDArray | Tensor]> {
  readonly reduction: KLDivReduction;
  divisor: number | null = null;
  readonly logTarget: boolean;

  constructor(options: KLDivLossOptions = {}) {
    super();
    const given = settle(contracts.KLDivLoss, {}, options);
    this.reduction = given.reduction;
    this.logTarget = given.logTarget;
  }

  forward(x: Tensor, target: NDArray | Tensor): Tensor {
    expectSameShape("KLDivLoss.forward", x, target);
    if (!this.logTarget) expectNonNegative("KLDivLoss.forward", "target", target);
    const given = target.astype(x.dtype);
    const t = this.logTarget ? exp(given) : given;
    const total = this.reduction === "batchmean" ? (x.shape[0] ?? 1) : sizeOf(x.shape);
    const tLogT = where(t.greater(0), multiply(t, this.logTarget ? given : log(t)), 0);
    return reduceLoss(x.mul(t).neg().add(tLogT), this, total);
  }
}
