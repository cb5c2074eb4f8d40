import { contracts, type LossOptions, type Reduction } from "../../contracts/index.ts";
import { expectSameShape, reduceLoss, settle } from "../../contracts/internal.ts";
import { abs, type NDArray } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * The absolute error: L = the mean of |x − t|, their sum, or each element, as `reduction` says.
 * Shapes: x and target (any, equal) → scalar; with reduction "none" the same shape.
 * A tensor as target has a gradient too.
 * @throws ShapeError unless the shapes are equal
 * @see Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2009, section 10.6; PyTorch's `torch.nn.L1Loss`
 */
export class L1Loss extends Module<[x: Tensor, target: NDArray | Tensor]> {
  readonly reduction: Reduction;
  divisor: number | null = null;

  constructor(options: LossOptions = {}) {
    super();
    this.reduction = settle(contracts.L1Loss, {}, options).reduction;
  }

  forward(x: Tensor, target: NDArray | Tensor): Tensor {
    expectSameShape("L1Loss.forward", x, target);
    const difference = x.sub(target.astype(x.dtype));
    return reduceLoss(abs(difference), this);
  }
}
