import { exp, gather, logSumExp, type NDArray, oneHot } from "../../np/index.ts";
import {
  classTargets,
  expectReduction,
  type LossOptions,
  type Reduction,
  reduceLoss,
} from "../../training/index.ts";
import { Layer } from "../layer.ts";
import { upstream } from "./upstream.ts";

/**
 * Softmax and negative log likelihood in one: L = mean over rows of −Σ t log p, p = softmax(x) = eˣ / Σ eˣ. Give it logits, not
 * probabilities; the target is one class index a row, or one row of probabilities.
 * Shapes: logits (N, C), target (N,) indices or (N, C) float → scalar; with reduction "none" (N,).
 * Backward: dlogits = (p · Σ t − t) · dy / N (for the mean); for a class index, t is its one-hot row.
 * @throws TypeError for a one-hot target of integers, ShapeError for (N, 1), RangeError for a class that does not exist
 * @see Bishop, "Pattern Recognition and Machine Learning", 2006, eq. 4.108–4.109; `torch.nn.CrossEntropyLoss`
 */
export class CrossEntropyLoss extends Layer<[logits: NDArray, target: NDArray]> {
  readonly reduction: Reduction;
  #logProbabilities: NDArray | null = null;
  #target: NDArray | null = null;

  constructor({ reduction = "mean" }: LossOptions = {}) {
    super();
    this.reduction = expectReduction("CrossEntropyLoss", reduction);
  }

  forward(logits: NDArray, target: NDArray): NDArray {
    const kind = classTargets("CrossEntropyLoss.forward", logits.shape, target);
    const logp = logits.sub(logSumExp(logits, 1, true));
    this.#logProbabilities = logp; // chalk: backward needs it
    this.#target = target; // chalk: backward needs it
    const rows =
      kind === "indices"
        ? gather(logp, target.reshape(-1, 1), 1).reshape(-1)
        : logp.mul(target.astype(logits.dtype)).sum(1);
    return reduceLoss(rows.neg(), this.reduction);
  }

  backward(dy: NDArray | number = 1): NDArray {
    const p = exp(this.remembered(this.#logProbabilities)); // (N, C)
    const target = this.remembered(this.#target);
    const [n, classes] = p.shape as [number, number];
    const t = (target.ndim === 1 ? oneHot(target, classes) : target).astype(p.dtype); // (N, C)
    const each = upstream("CrossEntropyLoss.backward", dy, this.reduction, n);
    const perRow = typeof each === "number" ? each : each.reshape(n, 1); // (N, 1)
    return p.mul(t.sum(1, true)).sub(t).mul(perRow); // (N, C)
  }
}
