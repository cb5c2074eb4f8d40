import { contracts, type LossOptions, type Reduction } from "../../contracts/index.ts";
import { expectSameShape, reduceLoss, settle } from "../../contracts/internal.ts";
import type { NDArray } from "../../np/index.ts";
import { Layer } from "../layer.ts";
import { upstream } from "./upstream.ts";

/**
 * The squared error: L = the mean of (x − t)², their sum, or each element, as `reduction` says.
 * Shapes: x and target, a constant (any, equal) → scalar; with reduction "none" the same shape.
 * Backward: dx = 2 (x − t) · dy / number of elements (for the mean).
 * @throws ShapeError unless the shapes are equal
 * @see Bishop, "Pattern Recognition and Machine Learning", 2006, eq. 1.2; PyTorch's `torch.nn.MSELoss`
 */
export class MSELoss extends Layer<[x: NDArray, target: NDArray]> {
  readonly reduction: Reduction;
  divisor: number | null = null;
  #difference: NDArray | null = null;

  constructor(options: LossOptions = {}) {
    super();
    this.reduction = settle(contracts.MSELoss, {}, options).reduction;
  }

  forward(x: NDArray, target: NDArray): NDArray {
    expectSameShape("MSELoss.forward", x, target);
    const difference = x.sub(target.astype(x.dtype));
    this.#difference = difference; // chalk: backward needs it
    return reduceLoss(difference.mul(difference), this);
  }

  backward(dy: NDArray | number = 1): NDArray {
    const difference = this.remembered(this.#difference);
    const each = upstream("MSELoss.backward", dy, this.reduction, difference.shape);
    return difference.mul(2).mul(each); // shape of x
  }
}
