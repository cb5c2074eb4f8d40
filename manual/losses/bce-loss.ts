import { type BCELossOptions, contracts, type Reduction } from "../../contracts/index.ts";
import {
  expectBroadcasts,
  expectProbabilities,
  expectSameShape,
  reduceLoss,
  settle,
} from "../../contracts/internal.ts";
import { log, maximum, type NDArray, where } from "../../np/index.ts";
import { Layer } from "../layer.ts";
import { upstream } from "./upstream.ts";

/**
 * PyTorch clamps logarithms at −100, so a probability of exactly 0 gives a loss of 100,
 * not Infinity.
 */
const lowest: number = Math.exp(-100);

/**
 * Binary cross entropy of probabilities: L = mean of w (−t log x − (1 − t) log(1 − x)),
 * with logarithms clamped at −100. w is `weight`, default 1.
 * Shapes: x and target, a constant (any, equal; 0 … 1), weight broadcasts to them → scalar; with reduction "none" the same shape.
 * Backward: dx = w ((1 − t) / (1 − x) − t / x) · dy / number of elements (for the mean);
 * a clamped logarithm passes 0 (PyTorch passes up to 1e12 there). Prefer BCEWithLogitsLoss,
 * which needs no clamping.
 * @throws ShapeError unless the shapes are equal, RangeError for x or target outside 0 … 1
 * @see PyTorch's `torch.nn.BCELoss`
 */
export class BCELoss extends Layer<[x: NDArray, target: NDArray]> {
  readonly reduction: Reduction;
  divisor: number | null = null;
  readonly weight: NDArray | null;
  #x: NDArray | null = null;
  #target: NDArray | null = null;

  constructor(options: BCELossOptions = {}) {
    super();
    const given = settle(contracts.BCELoss, {}, options);
    this.reduction = given.reduction;
    this.weight = given.weight;
  }

  forward(x: NDArray, target: NDArray): NDArray {
    expectSameShape("BCELoss.forward", x, target);
    expectProbabilities("BCELoss.forward", "x", x);
    expectProbabilities("BCELoss.forward", "target", target);
    if (this.weight) expectBroadcasts("BCELoss.forward", "weight", this.weight, x.shape);
    const t = target.astype(x.dtype);
    this.#x = x; // chalk: backward needs it
    this.#target = t; // chalk: backward needs it
    const yes = log(maximum(x, lowest)).mul(t);
    const no = log(maximum(x.neg().add(1), lowest)).mul(t.neg().add(1));
    const elements = yes.add(no).neg();
    return reduceLoss(this.weight ? elements.mul(this.weight.astype(x.dtype)) : elements, this);
  }

  backward(dy: NDArray | number = 1): NDArray {
    const x = this.remembered(this.#x);
    const t = this.remembered(this.#target);
    const rest = x.neg().add(1); // shape of x
    const each = upstream("BCELoss.backward", dy, this.reduction, x.shape);
    const yes = where(x.greater(lowest), t.div(x), 0); // shape of x
    const no = where(rest.greater(lowest), t.neg().add(1).div(rest), 0); // shape of x
    const slope = no.sub(yes).mul(each); // shape of x
    return this.weight ? slope.mul(this.weight.astype(x.dtype)) : slope; // shape of x
  }
}
