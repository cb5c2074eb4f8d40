import { type CosineEmbeddingLossOptions, contracts, type Reduction } from "../../contracts/index.ts";
import { expectVectors, reduceLoss, settle } from "../../contracts/internal.ts";
import { equal, type NDArray, sqrt, where } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * Added to each squared length, so that a row of zeros has cosine 0. In PyTorch it is a float32.
 */
const epsilon: number = Math.fround(1e-12);

/**
 * Pulls similar pairs into one direction and pushes different pairs apart:
 * 1 − cos where t = 1, max(0, cos − margin) where t = −1, with cos = a·b / (|a| |b|).
 * Shapes: x1 (N, D), x2 (N, D), target (N,) 1 or −1 → scalar; with reduction "none" (N,). One pair is (D,), (D,) and ().
 * Defaults: reduction "mean", margin 0.
 * @throws ShapeError unless the shapes fit, RangeError for a target that is neither 1 nor −1 and for a margin outside −1 … 1
 * @see PyTorch's `torch.nn.CosineEmbeddingLoss`
 */
export class CosineEmbeddingLoss extends Module<[x1: Tensor, x2: Tensor, target: NDArray | Tensor]> {
  readonly reduction: Reduction;
  divisor: number | null = null;
  readonly margin: number;

  constructor(options: CosineEmbeddingLossOptions = {}) {
    super();
    const given = settle(contracts.CosineEmbeddingLoss, {}, options);
    this.reduction = given.reduction;
    this.margin = given.margin;
  }

  forward(x1: Tensor, x2: Tensor, target: NDArray | Tensor): Tensor {
    expectVectors("CosineEmbeddingLoss.forward", x1, x2, target);
    const square1 = x1.mul(x1).sum(-1).add(epsilon);
    const square2 = x2.mul(x2).sum(-1).add(epsilon);
    const dot = x1.mul(x2).sum(-1);
    const cosine = dot.div(sqrt(square1.mul(square2)));
    const beyond = cosine.sub(this.margin);
    const apart = where(beyond.less(0), 0, where(beyond.greaterEqual(0), beyond, Number.NaN)); // NaN stays, without a slope
    return reduceLoss(where(equal(target, 1), cosine.neg().add(1), apart), this);
  }
}
