import { logAddExp, type NDArray, sigmoid } from "../../np/index.ts";
import {
  expectProbabilities,
  expectReduction,
  expectSameShape,
  type LossOptions,
  type Reduction,
  reduceLoss,
} from "../../training/index.ts";
import { Layer } from "../layer.ts";
import { upstream } from "./upstream.ts";

/**
 * Binary cross entropy of σ(x): L = mean of −t log σ(x) − (1 − t) log(1 − σ(x)) = log(1 + eˣ) − t x, without overflow.
 * Shapes: x (logits) and target (any, equal; 0 … 1) → scalar; with reduction "none" the same shape.
 * Backward: dx = (σ(x) − t) · dy / number of elements (for the mean).
 * @throws ShapeError unless the shapes are equal, RangeError for a target outside 0 … 1
 * @see Bishop, "Pattern Recognition and Machine Learning", 2006, eq. 4.90–4.91; PyTorch's `torch.nn.BCEWithLogitsLoss`
 */
export class BCEWithLogitsLoss extends Layer<[x: NDArray, target: NDArray]> {
  readonly reduction: Reduction;
  #x: NDArray | null = null;
  #target: NDArray | null = null;

  constructor({ reduction = "mean" }: LossOptions = {}) {
    super();
    this.reduction = expectReduction("BCEWithLogitsLoss", reduction);
  }

  forward(x: NDArray, target: NDArray): NDArray {
    expectSameShape("BCEWithLogitsLoss.forward", x.shape, target);
    expectProbabilities("BCEWithLogitsLoss.forward", "target", target);
    const t = target.astype(x.dtype);
    this.#x = x; // chalk: backward needs it
    this.#target = t; // chalk: backward needs it
    return reduceLoss(logAddExp(x, 0).sub(x.mul(t)), this.reduction);
  }

  backward(dy: NDArray | number = 1): NDArray {
    const x = this.remembered(this.#x);
    const t = this.remembered(this.#target);
    const each = upstream("BCEWithLogitsLoss.backward", dy, this.reduction, x.size);
    return sigmoid(x).sub(t).mul(each); // shape of x
  }
}
