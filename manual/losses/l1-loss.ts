import { contracts, type LossOptions, type Reduction } from "../../contracts/index.ts";
import { expectSameShape, reduceLoss, settle } from "../../contracts/internal.ts";
import { abs, type NDArray, sign, where } from "../../np/index.ts";
import { Layer } from "../layer.ts";
import { upstream } from "./upstream.ts";

/**
 * The absolute error: L = the mean of |x − t|, their sum, or each element, as `reduction` says.
 * Shapes: x and target, a constant (any, equal) → scalar; with reduction "none" the same shape.
 * Backward: dx = sign(x − t) · dy / number of elements (for the mean); 0 where x = t or NaN.
 * @throws ShapeError unless the shapes are equal
 * @see Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2009, section 10.6; PyTorch's `torch.nn.L1Loss`
 */
export class L1Loss extends Layer<[x: NDArray, target: NDArray]> {
  readonly reduction: Reduction;
  divisor: number | null = null;
  #difference: NDArray | null = null;

  constructor(options: LossOptions = {}) {
    super();
    this.reduction = settle(contracts.L1Loss, {}, options).reduction;
  }

  forward(x: NDArray, target: NDArray): NDArray {
    expectSameShape("L1Loss.forward", x, target);
    const difference = x.sub(target.astype(x.dtype));
    this.#difference = difference; // chalk: backward needs it
    return reduceLoss(abs(difference), this);
  }

  backward(dy: NDArray | number = 1): NDArray {
    const difference = this.remembered(this.#difference);
    const each = upstream("L1Loss.backward", dy, this.reduction, difference.shape);
    const slope = where(difference.equal(difference), sign(difference), 0); // shape of x
    return slope.mul(each); // shape of x
  }
}
