import { contracts, type KLDivLossOptions, type KLDivReduction } from "../../contracts/index.ts";
import { expectNonNegative, expectSameShape, reduceLoss, settle } from "../../contracts/internal.ts";
import { exp, log, multiply, type NDArray, sizeOf, where } from "../../np/index.ts";
import { Layer } from "../layer.ts";
import { upstream } from "./upstream.ts";

/**
 * The Kullback–Leibler divergence KL(t ‖ eˣ) of a target distribution t from log-probabilities x:
 * L = Σ t (log t − x), with 0 log 0 = 0.
 * Shapes: x and target, a constant (any, equal; rows first) → scalar; with reduction "none" the same shape.
 * Backward: dx = −t · dy / total; total is the number of elements for "mean", as in PyTorch,
 * and the number of rows for "batchmean", which gives the divergence.
 * Defaults: reduction "mean", logTarget false; with logTarget the target is log t.
 * @throws ShapeError unless the shapes are equal, RangeError for a negative t
 * @see Bishop, "Pattern Recognition and Machine Learning", 2006, eq. 1.113; PyTorch's `torch.nn.KLDivLoss`
 */
export class KLDivLoss extends Layer<[x: NDArray, target: NDArray]> {
  readonly reduction: KLDivReduction;
  divisor: number | null = null;
  readonly logTarget: boolean;
  #target: NDArray | null = null;
  #total: number | null = null;

  constructor(options: KLDivLossOptions = {}) {
    super();
    const given = settle(contracts.KLDivLoss, {}, options);
    this.reduction = given.reduction;
    this.logTarget = given.logTarget;
  }

  forward(x: NDArray, target: NDArray): NDArray {
    expectSameShape("KLDivLoss.forward", x, target);
    if (!this.logTarget) expectNonNegative("KLDivLoss.forward", "target", target);
    const given = target.astype(x.dtype);
    const t = this.logTarget ? exp(given) : given;
    this.#target = t; // chalk: backward needs it
    const total = this.reduction === "batchmean" ? (x.shape[0] ?? 1) : sizeOf(x.shape);
    this.#total = total; // chalk: backward needs it
    const tLogT = where(t.greater(0), multiply(t, this.logTarget ? given : log(t)), 0);
    return reduceLoss(x.mul(t).neg().add(tLogT), this, total);
  }

  backward(dy: NDArray | number = 1): NDArray {
    const t = this.remembered(this.#target);
    const each = upstream("KLDivLoss.backward", dy, this.reduction, t.shape, this.remembered(this.#total));
    return t.mul(each).neg(); // shape of x
  }
}
