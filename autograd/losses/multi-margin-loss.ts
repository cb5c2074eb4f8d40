import { contracts, type MultiMarginLossOptions, type Reduction } from "../../contracts/index.ts";
import {
  expectClassWeight,
  expectIndices,
  expectShape,
  reduceLoss,
  settle,
} from "../../contracts/internal.ts";
import { equal, gather, type NDArray, oneHot, where } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * The hinge loss of a multi-class SVM. A row's loss is w[t] / C · Σ over classes j ≠ t of
 * max(0, margin − x[t] + x[j])ᵖ.
 * Shapes: x (N, C) scores, target (N,) class indices, weight (C,) → scalar; with reduction "none" (N,).
 * Defaults: reduction "mean" over the N rows, p 1, margin 1, weight null.
 * @throws ShapeError or TypeError for targets that are not class indices,
 * RangeError for a class that does not exist or p other than 1, 2
 * @see Weston, Watkins, "Support Vector Machines for Multi-Class Pattern Recognition", ESANN 1999; PyTorch's `torch.nn.MultiMarginLoss`
 */
export class MultiMarginLoss extends Module<[x: Tensor, target: NDArray]> {
  readonly reduction: Reduction;
  divisor: number | null = null;
  readonly p: 1 | 2;
  readonly margin: number;
  /** (C,) */
  readonly weight: NDArray | null;

  constructor(options: MultiMarginLossOptions = {}) {
    super();
    const given = settle(contracts.MultiMarginLoss, {}, options);
    this.reduction = given.reduction;
    this.p = given.p;
    this.margin = given.margin;
    this.weight = given.weight;
  }

  forward(x: Tensor, target: NDArray): Tensor {
    expectShape("MultiMarginLoss.forward", "x", x.shape, ["N", "C"]);
    expectIndices("MultiMarginLoss.forward", x.shape, target);
    const classes = x.shape[1] as number;
    if (this.weight) expectClassWeight("MultiMarginLoss.forward", this.weight, classes);
    const gap = x.sub(gather(x, target.reshape(-1, 1), 1)).add(this.margin);
    const violation = where(gap.greater(0).mul(equal(oneHot(target, classes), 0)), gap, 0);
    const rows = (this.p === 1 ? violation : violation.mul(violation)).sum(1).div(classes);
    return reduceLoss(this.weight ? rows.mul(gather(this.weight, target, 0).astype(x.dtype)) : rows, this);
  }
}
