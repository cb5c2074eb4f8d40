import { contracts, type OutputSize } from "../../contracts/index.ts";
import { adaptiveAverages, outputSizes, settle } from "../../contracts/internal.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * OH × OW averages of an image of any size: y[n, c, i, j] is the mean over x's rows ⌊i·H/OH⌋ …
 * ⌈(i+1)·H/OH⌉ − 1 and the columns likewise. It is a linear layer on every channel, y = x Aᵀ,
 * with a fixed A whose rows hold 1/size.
 * Shapes: x (N, C, H, W) → y (N, C, OH, OW).
 * `outputSize`: a number, or a pair; null keeps the image's own size.
 * @throws ShapeError unless x is (N, C, H, W)
 * @see Lin, Chen, Yan, "Network In Network", 2014, section 3.2 (OH = OW = 1); PyTorch's `torch.nn.AdaptiveAvgPool2d`
 */
export class AdaptiveAvgPool2d extends Module {
  readonly outputSize: readonly [height: number | null, width: number | null];

  constructor(outputSize: OutputSize) {
    super();
    settle(contracts.AdaptiveAvgPool2d, { outputSize }, {});
    this.outputSize = outputSizes(outputSize);
  }

  forward(x: Tensor): Tensor {
    const averages = adaptiveAverages("AdaptiveAvgPool2d.forward", x.shape, x.dtype, this.outputSize);
    const y = x.reshape(averages.rows).matmul(averages.matrix.T); // (N·C, H·W)·(H·W, OH·OW)
    return y.reshape(averages.y); // (N, C, OH, OW)
  }
}
