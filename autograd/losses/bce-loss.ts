import { type BCELossOptions, contracts, type Reduction } from "../../contracts/index.ts";
import {
  expectBroadcasts,
  expectProbabilities,
  expectSameShape,
  reduceLoss,
  settle,
} from "../../contracts/internal.ts";
import { log, maximum, type NDArray } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * PyTorch clamps logarithms at −100, so a probability of exactly 0 gives a loss of 100,
 * not Infinity.
 */
const lowest: number = Math.exp(-100);

/**
 * Binary cross entropy of probabilities: L = mean of w (−t log x − (1 − t) log(1 − x)),
 * with logarithms clamped at −100. w is `weight`, default 1.
 * Shapes: x and target (any, equal; 0 … 1), weight broadcasts to them → scalar; with reduction
 * "none" the same shape. A clamped logarithm passes no gradient (PyTorch passes up to 1e12 there).
 * Prefer BCEWithLogitsLoss, which needs no clamping.
 * A tensor as target has a gradient too, of the clamped logarithms; PyTorch's is not clamped.
 * @throws ShapeError unless the shapes are equal, RangeError for x or target outside 0 … 1
 * @see PyTorch's `torch.nn.BCELoss`
 */
export class BCELoss extends Module<[x: Tensor, target: NDArray | Tensor]> {
  readonly reduction: Reduction;
  divisor: number | null = null;
  readonly weight: NDArray | null;

  constructor(options: BCELossOptions = {}) {
    super();
    const given = settle(contracts.BCELoss, {}, options);
    this.reduction = given.reduction;
    this.weight = given.weight;
  }

  forward(x: Tensor, target: NDArray | Tensor): Tensor {
    expectSameShape("BCELoss.forward", x, target);
    expectProbabilities("BCELoss.forward", "x", x);
    expectProbabilities("BCELoss.forward", "target", target);
    if (this.weight) expectBroadcasts("BCELoss.forward", "weight", this.weight, x.shape);
    const t = target.astype(x.dtype);
    const yes = log(maximum(x, lowest)).mul(t);
    const no = log(maximum(x.neg().add(1), lowest)).mul(t.neg().add(1));
    const elements = yes.add(no).neg();
    return reduceLoss(this.weight ? elements.mul(this.weight.astype(x.dtype)) : elements, this);
  }
}
