import { type BCEWithLogitsLossOptions, contracts, type Reduction } from "../../contracts/index.ts";
import {
  expectBroadcasts,
  expectProbabilities,
  expectSameShape,
  reduceLoss,
  settle,
} from "../../contracts/internal.ts";
import { logaddexp, type NDArray, sigmoid } from "../../np/index.ts";
import { Layer } from "../layer.ts";
import { upstream } from "./upstream.ts";

/**
 * Binary cross entropy of σ(x): L = mean of w (−q t log σ(x) − (1 − t) log(1 − σ(x))).
 * It computes −log σ(x) as log(1 + e⁻ˣ), without overflow. w is `weight` and q is `posWeight`;
 * both default to 1.
 * Shapes: x (logits) and target, a constant (any, equal; 0 … 1), weight and posWeight broadcast to them → scalar; with reduction "none" the same shape.
 * Backward: dx = w (σ(x) (q t + 1 − t) − q t) · dy / number of elements (for the mean).
 * Without weights this is the well-known σ(x) − t.
 * @throws ShapeError unless the shapes are equal, RangeError for a target outside 0 … 1
 * @see Bishop, "Pattern Recognition and Machine Learning", 2006, eq. 4.90–4.91; PyTorch's `torch.nn.BCEWithLogitsLoss`
 */
export class BCEWithLogitsLoss extends Layer<[x: NDArray, target: NDArray]> {
  readonly reduction: Reduction;
  divisor: number | null = null;
  readonly weight: NDArray | null;
  readonly posWeight: NDArray | null;
  #x: NDArray | null = null;
  #yes: NDArray | null = null;
  #no: NDArray | null = null;

  constructor(options: BCEWithLogitsLossOptions = {}) {
    super();
    const given = settle(contracts.BCEWithLogitsLoss, {}, options);
    this.reduction = given.reduction;
    this.weight = given.weight;
    this.posWeight = given.posWeight;
  }

  forward(x: NDArray, target: NDArray): NDArray {
    expectSameShape("BCEWithLogitsLoss.forward", x, target);
    expectProbabilities("BCEWithLogitsLoss.forward", "target", target);
    if (this.weight) expectBroadcasts("BCEWithLogitsLoss.forward", "weight", this.weight, x.shape);
    if (this.posWeight) expectBroadcasts("BCEWithLogitsLoss.forward", "posWeight", this.posWeight, x.shape);
    const t = target.astype(x.dtype);
    const yes = this.posWeight ? t.mul(this.posWeight.astype(x.dtype)) : t;
    const no = t.neg().add(1);
    this.#x = x; // chalk: backward needs it
    this.#yes = yes; // chalk: backward needs it
    this.#no = no; // chalk: backward needs it
    const elements = logaddexp(x.neg(), 0).mul(yes).add(logaddexp(x, 0).mul(no));
    return reduceLoss(this.weight ? elements.mul(this.weight.astype(x.dtype)) : elements, this);
  }

  backward(dy: NDArray | number = 1): NDArray {
    const x = this.remembered(this.#x);
    const [yes, no] = [this.remembered(this.#yes), this.remembered(this.#no)]; // shape of x
    const each = upstream("BCEWithLogitsLoss.backward", dy, this.reduction, x.shape);
    const slope = sigmoid(x).mul(yes.add(no)).sub(yes).mul(each); // shape of x
    return this.weight ? slope.mul(this.weight.astype(x.dtype)) : slope; // shape of x
  }
}
