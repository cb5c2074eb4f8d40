import { contracts, type Reduction, type SmoothL1LossOptions } from "../../contracts/index.ts";
import { expectSameShape, reduceLoss, settle } from "../../contracts/internal.ts";
import { abs, maximum, minimum, type NDArray } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * The absolute error with a rounded tip. With d = x − t it is d² / 2β where |d| < β,
 * else |d| − β / 2. It equals HuberLoss / β, so its slope far out is always ±1; β = 0 gives L1Loss.
 * Shapes: x and target (any, equal) → scalar; with reduction "none" the same shape.
 * A tensor as target has a gradient too.
 * Defaults: reduction "mean", beta 1.
 * @throws ShapeError unless the shapes are equal, RangeError for a negative beta
 * @see Girshick, "Fast R-CNN", ICCV 2015, eq. 3; PyTorch's `torch.nn.SmoothL1Loss`
 */
export class SmoothL1Loss extends Module<[x: Tensor, target: NDArray | Tensor]> {
  readonly reduction: Reduction;
  divisor: number | null = null;
  readonly beta: number;

  constructor(options: SmoothL1LossOptions = {}) {
    super();
    const given = settle(contracts.SmoothL1Loss, {}, options);
    this.reduction = given.reduction;
    this.beta = given.beta;
  }

  forward(x: Tensor, target: NDArray | Tensor): Tensor {
    expectSameShape("SmoothL1Loss.forward", x, target);
    const difference = x.sub(target.astype(x.dtype));
    if (this.beta === 0) return reduceLoss(abs(difference), this);
    const clipped = maximum(minimum(difference, this.beta), -this.beta);
    return reduceLoss(clipped.mul(difference.sub(clipped.div(2))).div(this.beta), this);
  }
}
