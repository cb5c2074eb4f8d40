import { gather, logSumExp, type NDArray } from "../../np/index.ts";
import {
  classTargets,
  expectReduction,
  type LossOptions,
  type Reduction,
  reduceLoss,
} from "../../training/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * Softmax and negative log likelihood in one: L = mean over rows of −Σ t log p, p = softmax(x) = eˣ / Σ eˣ. Give it logits, not
 * probabilities; the target is one class index a row, or one row of probabilities.
 * Shapes: logits (N, C), target (N,) indices or (N, C) float → scalar; with reduction "none" (N,).
 * @throws TypeError for a one-hot target of integers, ShapeError for (N, 1), RangeError for a class that does not exist
 * @see Bishop, "Pattern Recognition and Machine Learning", 2006, eq. 4.108–4.109; `torch.nn.CrossEntropyLoss`
 */
export class CrossEntropyLoss extends Module<[logits: Tensor, target: NDArray]> {
  readonly reduction: Reduction;

  constructor({ reduction = "mean" }: LossOptions = {}) {
    super();
    this.reduction = expectReduction("CrossEntropyLoss", reduction);
  }

  forward(logits: Tensor, target: NDArray): Tensor {
    const kind = classTargets("CrossEntropyLoss.forward", logits.shape, target);
    const logp = logits.sub(logSumExp(logits, 1, true));
    const rows =
      kind === "indices"
        ? gather(logp, target.reshape(-1, 1), 1).reshape(-1)
        : logp.mul(target.astype(logits.dtype)).sum(1);
    return reduceLoss(rows.neg(), this.reduction);
  }
}
