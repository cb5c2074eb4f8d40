import { contracts, type Reduction, type SmoothL1LossOptions } from "../../contracts/index.ts";
import { expectSameShape, reduceLoss, settle } from "../../contracts/internal.ts";
import { abs, maximum, minimum, type NDArray, sign, where } from "../../np/index.ts";
import { Layer } from "../layer.ts";
import { upstream } from "./upstream.ts";

/**
 * The absolute error with a rounded tip. With d = x − t it is d² / 2β where |d| < β,
 * else |d| − β / 2. It equals HuberLoss / β, so its slope far out is always ±1; β = 0 gives L1Loss.
 * Shapes: x and target, a constant (any, equal) → scalar; with reduction "none" the same shape.
 * Backward: dx = c / β · dy / number of elements (for the mean), where c is d clipped to −β … β;
 * for β = 0, sign(d) replaces c / β, and 0 where d is NaN.
 * Defaults: reduction "mean", beta 1.
 * @throws ShapeError unless the shapes are equal, RangeError for a negative beta
 * @see Girshick, "Fast R-CNN", ICCV 2015, eq. 3; PyTorch's `torch.nn.SmoothL1Loss`
 */
export class SmoothL1Loss extends Layer<[x: NDArray, target: NDArray]> {
  readonly reduction: Reduction;
  divisor: number | null = null;
  readonly beta: number;
  #difference: NDArray | null = null;

  constructor(options: SmoothL1LossOptions = {}) {
    super();
    const given = settle(contracts.SmoothL1Loss, {}, options);
    this.reduction = given.reduction;
    this.beta = given.beta;
  }

  forward(x: NDArray, target: NDArray): NDArray {
    expectSameShape("SmoothL1Loss.forward", x, target);
    const difference = x.sub(target.astype(x.dtype));
    this.#difference = difference; // chalk: backward needs it
    if (this.beta === 0) return reduceLoss(abs(difference), this);
    const clipped = maximum(minimum(difference, this.beta), -this.beta);
    return reduceLoss(clipped.mul(difference.sub(clipped.div(2))).div(this.beta), this);
  }

  backward(dy: NDArray | number = 1): NDArray {
    const difference = this.remembered(this.#difference);
    const each = upstream("SmoothL1Loss.backward", dy, this.reduction, difference.shape);
    if (this.beta === 0) {
      const slope = where(difference.equal(difference), sign(difference), 0); // shape of x
      return slope.mul(each); // shape of x
    }
    const clipped = maximum(minimum(difference, this.beta), -this.beta);
    return clipped.div(this.beta).mul(each); // shape of x
  }
}
