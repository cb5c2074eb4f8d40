import { type BCEWithLogitsLossOptions, contracts, type Reduction } from "../../contracts/index.ts";
import {
  expectBroadcasts,
  expectProbabilities,
  expectSameShape,
  reduceLoss,
  settle,
} from "../../contracts/internal.ts";
import { logaddexp, type NDArray } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * Binary cross entropy of σ(x): L = mean of w (−q t log σ(x) − (1 − t) log(1 − σ(x))).
 * It computes −log σ(x) as log(1 + e⁻ˣ), without overflow. w is `weight` and q is `posWeight`;
 * both default to 1.
 * Shapes: x (logits) and target (any, equal; 0 … 1), weight and posWeight broadcast to them → scalar; with reduction "none" the same shape.
 * A tensor as target has a gradient too.
 * @throws ShapeError unless the shapes are equal, RangeError for a target outside 0 … 1
 * @see Bishop, "Pattern Recognition and Machine Learning", 2006, eq. 4.90–4.91; PyTorch's `torch.nn.BCEWithLogitsLoss`
 */
export class BCEWithLogitsLoss extends Module<[x: Tensor, target: NDArray | Tensor]> {
  readonly reduction: Reduction;
  divisor: number | null = null;
  readonly weight: NDArray | null;
  readonly posWeight: NDArray | null;

  constructor(options: BCEWithLogitsLossOptions = {}) {
    super();
    const given = settle(contracts.BCEWithLogitsLoss, {}, options);
    this.reduction = given.reduction;
    this.weight = given.weight;
    this.posWeight = given.posWeight;
  }

  forward(x: Tensor, target: NDArray | Tensor): Tensor {
    expectSameShape("BCEWithLogitsLoss.forward", x, target);
    expectProbabilities("BCEWithLogitsLoss.forward", "target", target);
    if (this.weight) expectBroadcasts("BCEWithLogitsLoss.forward", "weight", this.weight, x.shape);
    if (this.posWeight) expectBroadcasts("BCEWithLogitsLoss.forward", "posWeight", this.posWeight, x.shape);
    const t = target.astype(x.dtype);
    const yes = this.posWeight ? t.mul(this.posWeight.astype(x.dtype)) : t;
    const no = t.neg().add(1);
    const elements = logaddexp(x.neg(), 0).mul(yes).add(logaddexp(x, 0).mul(no));
    return reduceLoss(this.weight ? elements.mul(this.weight.astype(x.dtype)) : elements, this);
  }
}
