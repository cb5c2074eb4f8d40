import { contracts, type MaxPoolOptions, type OneOrPair } from "../../contracts/index.ts";
import { type Pool, poolOf, poolWindow, settle } from "../../contracts/internal.ts";
import { maxPool2d } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * The largest element of each window: y[n, c, i, j] = max over k, l of
 * x[n, c, s·i + d·k − p, s·j + d·l − p]. Padding counts as −∞.
 * Shapes: x (N, C, H, W) → y (N, C, OH, OW), OH = ⌊(H + 2p − d·(K − 1) − 1) / s⌋ + 1, rounded up with ceilMode.
 * Defaults: stride = kernelSize, padding 0, dilation 1, ceilMode false.
 * @throws ShapeError unless x is (N, C, H, W) and not smaller than the window
 * @see Goodfellow, Bengio, Courville, "Deep Learning", 2016, section 9.3; PyTorch's `torch.nn.MaxPool2d`
 */
export class MaxPool2d extends Module {
  readonly pool: Pool;

  constructor(kernelSize: OneOrPair, options: MaxPoolOptions = {}) {
    super();
    this.pool = poolOf(settle(contracts.MaxPool2d, { kernelSize }, options));
  }

  forward(x: Tensor): Tensor {
    const window = poolWindow("MaxPool2d.forward", x.shape, this.pool);
    return maxPool2d(x, window); // (N, C, OH, OW)
  }
}
