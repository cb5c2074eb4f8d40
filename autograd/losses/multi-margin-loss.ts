import { contracts, type MultiMarginLossOptions, type Reduction } from "../../contracts/index.ts";
import {
  expectClassWeight,
  expectIndices,
  expectShape,
  reduceLoss,
  settle,
  valuesOf,
} from "../../contracts/internal.ts";
import { equal, gather, type NDArray, oneHot, where } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * The hinge loss of a multi-class SVM. A row's loss is w[t] / C · Σ over classes j ≠ t of
 * max(0, margin − x[t] + x[j])ᵖ.
 * Shapes: x (N, C) scores, target (N,) class indices, weight (C,) → scalar; with reduction "none" (N,). One sample is (C,) and ().
 * Defaults: reduction "mean" over the N rows, p 1, margin 1, weight null.
 * @throws ShapeError or TypeError for targets that are not class indices,
 * RangeError for a class that does not exist or p other than 1, 2
 * @see Weston, Watkins, "Support Vector Machines for Multi-Class Pattern Recognition", ESANN 1999; PyTorch's `torch.nn.MultiMarginLoss`
 */
export class MultiMarginLoss extends Module<[x: Tensor, target: NDArray | Tensor]> {
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

  forward(x: Tensor, target: NDArray | Tensor): Tensor {
    expectShape("MultiMarginLoss.forward", "x", x.shape, x.shape.length === 1 ? ["C"] : ["N", "C"]);
    expectIndices("MultiMarginLoss.forward", x, target);
    const classes = x.shape.at(-1) as number;
    if (this.weight) expectClassWeight("MultiMarginLoss.forward", this.weight, classes);
    const t = valuesOf(target); // (N,)
    const gap = x.sub(gather(x, t.reshape([...t.shape, 1]), -1)).add(this.margin);
    const violation = where(gap.greater(0).mul(equal(oneHot(t, classes), 0)), gap, 0);
    const rows = (this.p === 1 ? violation : violation.mul(violation)).sum(-1).div(classes);
    const weight = this.weight && gather(this.weight, t.reshape(-1), 0).reshape(t.shape).astype(x.dtype);
    return reduceLoss(weight ? rows.mul(weight) : rows, this);
  }
}
