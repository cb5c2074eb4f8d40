import { log, maximum, type NDArray } from "../../np/index.ts";
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

/** PyTorch cuts logarithms at −100, so that a probability of exactly 0 gives a loss of 100 and not of Infinity. */
const lowest: number = Math.exp(-100);

/**
 * Binary cross entropy of probabilities: L = mean of −t log x − (1 − t) log(1 − x), logarithms cut at −100.
 * Shapes: x and target (any, equal; 0 … 1) → scalar; with reduction "none" the same shape.
 * A cut logarithm passes no gradient (PyTorch passes up to 1e12 there). Prefer BCEWithLogitsLoss: it needs no cut.
 * @throws ShapeError unless the shapes are equal, RangeError for x or target outside 0 … 1
 * @see PyTorch's `torch.nn.BCELoss`
 */
export class BCELoss extends Module<[x: Tensor, target: NDArray]> {
  readonly reduction: Reduction;

  constructor({ reduction = "mean" }: LossOptions = {}) {
    super();
    this.reduction = expectReduction("BCELoss", reduction);
  }

  forward(x: Tensor, target: NDArray): Tensor {
    expectSameShape("BCELoss.forward", x.shape, target);
    expectProbabilities("BCELoss.forward", "x", x);
    expectProbabilities("BCELoss.forward", "target", target);
    const t = target.astype(x.dtype);
    const yes = log(maximum(x, lowest)).mul(t);
    const no = log(maximum(x.neg().add(1), lowest)).mul(t.neg().add(1));
    return reduceLoss(yes.add(no).neg(), this.reduction);
  }
}
