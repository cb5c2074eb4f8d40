import { expectShape } from "../../contracts/internal.ts";
import type { Tensor } from "../tensor.ts";
import { BatchNorm } from "./batch-norm.ts";

/**
 * Batch normalisation of images: `BatchNorm` over N, H and W, one mean and variance per channel.
 * Shapes: x (N, C, H, W), weight and bias (C,) → y (N, C, H, W).
 * Defaults: eps 1e-5, momentum 0.1, affine and trackRunningStats true, weight 1, bias 0.
 * @throws ShapeError for any other shape, and in training for one element per channel
 * @see PyTorch's `torch.nn.BatchNorm2d`
 */
export class BatchNorm2d extends BatchNorm {
  override forward(x: Tensor): Tensor {
    expectShape("BatchNorm2d.forward", "x", x.shape, ["N", this.numFeatures, "H", "W"]);
    return super.forward(x);
  }
}
