import { type AvgPoolOptions, contracts, type OneOrPair } from "../../contracts/index.ts";
import { type AvgPool, poolDivisor, poolOf, poolWindow, settle } from "../../contracts/internal.ts";
import { im2col } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * The average over each window: y[n, c, i, j] = Σ over k, l of
 * x[n, c, s·i + k − p, s·j + l − p] / K².
 * Shapes: x (N, C, H, W) → y (N, C, OH, OW), OH = ⌊(H + 2p − K) / s⌋ + 1, rounded up with ceilMode.
 * Defaults: stride = kernelSize, padding 0, ceilMode false, countIncludePad true (padding counts as 0s), divisorOverride null.
 * @throws ShapeError unless x is (N, C, H, W) and not smaller than the window
 * @see LeCun et al., "Gradient-Based Learning Applied to Document Recognition", 1998, section II.A; PyTorch's `torch.nn.AvgPool2d`
 */
export class AvgPool2d extends Module {
  readonly pool: AvgPool;

  constructor(kernelSize: OneOrPair, options: AvgPoolOptions = {}) {
    super();
    const given = settle(contracts.AvgPool2d, { kernelSize }, options);
    const { countIncludePad, divisorOverride } = given;
    this.pool = { ...poolOf(given), countIncludePad, divisorOverride };
  }

  forward(x: Tensor): Tensor {
    const window = poolWindow("AvgPool2d.forward", x.shape, this.pool);
    const divisor = poolDivisor(x.shape, x.dtype, window, this.pool); // a number, or (OH, OW)
    const seen = im2col(x, window); // (N, C, K, K, OH, OW)
    return seen.sum([2, 3]).div(divisor);
  }
}
