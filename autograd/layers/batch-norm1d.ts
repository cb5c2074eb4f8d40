import { expectShape } from "../../contracts/internal.ts";
import type { Tensor } from "../tensor.ts";
import { BatchNorm } from "./batch-norm.ts";

/**
 * Batch normalisation of features: `BatchNorm` over N, and over L where x has such an axis.
 * Shapes: x (N, C) or (N, C, L), weight and bias (C,) → y (the same).
 * Defaults: eps 1e-5, momentum 0.1, affine and trackRunningStats true, weight 1, bias 0.
 * @throws ShapeError for any other shape, and in training for one element per channel
 * @see PyTorch's `torch.nn.BatchNorm1d`
 */
export class BatchNorm1d extends BatchNorm {
  override forward(x: Tensor): Tensor {
    const wanted = x.ndim === 3 ? ["N", this.numFeatures, "L"] : ["N", this.numFeatures];
    expectShape("BatchNorm1d.forward", "x", x.shape, wanted, `or (N, ${this.numFeatures}, L)`);
    return super.forward(x);
  }
}
