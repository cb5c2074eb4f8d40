import { contracts, type LossOptions, type Reduction } from "../../contracts/index.ts";
import { expectSameShape, reduceLoss, settle } from "../../contracts/internal.ts";
import type { NDArray } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * The squared error: L = the mean of (x − t)², their sum, or each element, as `reduction` says.
 * Shapes: x and target (any, equal) → scalar; with reduction "none" the same shape.
 * A tensor as target has a gradient too.
 * @throws ShapeError unless the shapes are equal
 * @see Bishop, "Pattern Recognition and Machine Learning", 2006, eq. 1.2; PyTorch's `torch.nn.MSELoss`
 */
export class MSELoss extends Module<[x: Tensor, target: NDArray | Tensor]> {
  readonly reduction: Reduction;
  divisor: number | null = null;

  constructor(options: LossOptions = {}) {
    super();
    this.reduction = settle(contracts.MSELoss, {}, options).reduction;
  }

  forward(x: Tensor, target: NDArray | Tensor): Tensor {
    expectSameShape("MSELoss.forward", x, target);
    const difference = x.sub(target.astype(x.dtype));
    return reduceLoss(difference.mul(difference), this);
  }
}
