import { contracts, type HuberLossOptions, type Reduction } from "../../contracts/index.ts";
import { expectSameShape, reduceLoss, settle } from "../../contracts/internal.ts";
import { maximum, minimum, type NDArray } from "../../np/index.ts";
import { Layer } from "../layer.ts";
import { upstream } from "./upstream.ts";

/**
 * A squared error that continues as its tangent, so that no outlier pulls harder than δ.
 * With d = x − t it is d² / 2 where |d| ≤ δ, else δ (|d| − δ / 2). Both equal c (d − c / 2),
 * where c is d clipped to −δ … δ.
 * Shapes: x and target, a constant (any, equal) → scalar; with reduction "none" the same shape.
 * Backward: dx = c · dy / number of elements (for the mean): the gradient is the clipped error.
 * Defaults: reduction "mean", delta 1.
 * @throws ShapeError unless the shapes are equal, RangeError for a delta that is not positive
 * @see Huber, "Robust Estimation of a Location Parameter", Annals of Mathematical Statistics, 1964; PyTorch's `torch.nn.HuberLoss`
 */
export class HuberLoss extends Layer<[x: NDArray, target: NDArray]> {
  readonly reduction: Reduction;
  divisor: number | null = null;
  readonly delta: number;
  #clipped: NDArray | null = null;

  constructor(options: HuberLossOptions = {}) {
    super();
    const given = settle(contracts.HuberLoss, {}, options);
    this.reduction = given.reduction;
    this.delta = given.delta;
  }

  forward(x: NDArray, target: NDArray): NDArray {
    expectSameShape("HuberLoss.forward", x, target);
    const difference = x.sub(target.astype(x.dtype));
    const clipped = maximum(minimum(difference, this.delta), -this.delta);
    this.#clipped = clipped; // chalk: backward needs it
    return reduceLoss(clipped.mul(difference.sub(clipped.div(2))), this);
  }

  backward(dy: NDArray | number = 1): NDArray {
    const clipped = this.remembered(this.#clipped);
    const each = upstream("HuberLoss.backward", dy, this.reduction, clipped.shape);
    return clipped.mul(each); // shape of x
  }
}
