import { logAddExp, type NDArray } from "../../np/index.ts";
import {
  expectProbabilities,
  expectReduction,
  expectSameShape,
  type LossOptions,
  type Reduction,
  reduceLoss,
} from "../../training/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * Binary cross entropy of σ(x): L = mean of −t log σ(x) − (1 − t) log(1 − σ(x)) = log(1 + eˣ) − t x, without overflow.
 * Shapes: x (logits) and target (any, equal; 0 … 1) → scalar; with reduction "none" the same shape.
 * @throws ShapeError unless the shapes are equal, RangeError for a target outside 0 … 1
 * @see Bishop, "Pattern Recognition and Machine Learning", 2006, eq. 4.90–4.91; PyTorch's `torch.nn.BCEWithLogitsLoss`
 */
export class BCEWithLogitsLoss extends Module<[x: Tensor, target: NDArray]> {
  readonly reduction: Reduction;

  constructor({ reduction = "mean" }: LossOptions = {}) {
    super();
    this.reduction = expectReduction("BCEWithLogitsLoss", reduction);
  }

  forward(x: Tensor, target: NDArray): Tensor {
    expectSameShape("BCEWithLogitsLoss.forward", x.shape, target);
    expectProbabilities("BCEWithLogitsLoss.forward", "target", target);
    const t = target.astype(x.dtype);
    return reduceLoss(logAddExp(x, 0).sub(x.mul(t)), this.reduction);
  }
}
