import { contracts, type HingeEmbeddingLossOptions, type Reduction } from "../../contracts/index.ts";
import { expectSameShape, expectSigns, reduceLoss, settle } from "../../contracts/internal.ts";
import { equal, type NDArray, where } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * Pulls similar pairs together and pushes different pairs apart. With x the distance of a pair,
 * the loss is x where t = 1, max(0, margin − x) where t = −1.
 * Shapes: x and target (any, equal; target 1 or −1) → scalar; with reduction "none" the same shape.
 * Defaults: reduction "mean", margin 1.
 * @throws ShapeError unless the shapes are equal, RangeError for a target that is neither 1 nor −1
 * @see Chopra, Hadsell, LeCun, "Learning a Similarity Metric Discriminatively", CVPR 2005; PyTorch's `torch.nn.HingeEmbeddingLoss`
 */
export class HingeEmbeddingLoss extends Module<[x: Tensor, target: NDArray | Tensor]> {
  readonly reduction: Reduction;
  divisor: number | null = null;
  readonly margin: number;

  constructor(options: HingeEmbeddingLossOptions = {}) {
    super();
    const given = settle(contracts.HingeEmbeddingLoss, {}, options);
    this.reduction = given.reduction;
    this.margin = given.margin;
  }

  forward(x: Tensor, target: NDArray | Tensor): Tensor {
    expectSameShape("HingeEmbeddingLoss.forward", x, target);
    expectSigns("HingeEmbeddingLoss.forward", target);
    const gap = x.neg().add(this.margin);
    const apart = where(gap.less(0), 0, where(gap.greaterEqual(0), gap, Number.NaN)); // NaN stays, without a slope
    return reduceLoss(where(equal(target, 1), x, apart), this);
  }
}
