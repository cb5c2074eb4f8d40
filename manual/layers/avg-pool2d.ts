import { type AvgPoolOptions, contracts, type OneOrPair } from "../../contracts/index.ts";
import {
  type AvgPool,
  expectShape,
  poolDivisor,
  poolOf,
  poolWindow,
  settle,
} from "../../contracts/internal.ts";
import { col2im, im2col, type NDArray, type Window } from "../../np/index.ts";
import { Layer } from "../layer.ts";

/**
 * The average over each window: y[n, c, i, j] = Σ over k, l of
 * x[n, c, s·i + k − p, s·j + l − p] / K².
 * Shapes: x (N, C, H, W) → y (N, C, OH, OW), OH = ⌊(H + 2p − K) / s⌋ + 1, rounded up with ceilMode.
 * Backward: every element of a window gets dy divided by the same number;
 * an element in several windows gets the sum.
 * Defaults: stride = kernelSize, padding 0, ceilMode false, countIncludePad true (padding counts as 0s), divisorOverride null.
 * @throws ShapeError unless x is (N, C, H, W) and not smaller than the window
 * @see LeCun et al., "Gradient-Based Learning Applied to Document Recognition", 1998, section II.A; PyTorch's `torch.nn.AvgPool2d`
 */
export class AvgPool2d extends Layer {
  readonly pool: AvgPool;
  #window: Window | null = null;
  #divisor: NDArray | number | null = null;
  #shape: readonly number[] | null = null;
  #windows: readonly number[] | null = null;

  constructor(kernelSize: OneOrPair, options: AvgPoolOptions = {}) {
    super();
    const given = settle(contracts.AvgPool2d, { kernelSize }, options);
    const { countIncludePad, divisorOverride } = given;
    this.pool = { ...poolOf(given), countIncludePad, divisorOverride };
  }

  forward(x: NDArray): NDArray {
    const window = poolWindow("AvgPool2d.forward", x.shape, this.pool);
    const divisor = poolDivisor(x.shape, x.dtype, window, this.pool); // a number, or (OH, OW)
    const seen = im2col(x, window); // (N, C, K, K, OH, OW)
    this.#window = window; // chalk: backward needs it
    this.#divisor = divisor; // chalk: backward needs it
    this.#shape = x.shape; // chalk: backward needs it
    this.#windows = seen.shape; // chalk: backward needs it
    return seen.sum([2, 3]).div(divisor);
  }

  backward(dy: NDArray): NDArray {
    const [N, C, H, W] = this.remembered(this.#shape) as [number, number, number, number];
    const windows = this.remembered(this.#windows); // (N, C, K, K, OH, OW)
    const [OH, OW] = windows.slice(4) as [number, number];
    expectShape("AvgPool2d.backward", "dy", dy.shape, [N, C, OH, OW]);
    const share = dy.div(this.remembered(this.#divisor)); // (N, C, OH, OW)
    const dSeen = share.reshape(N, C, 1, 1, OH, OW).broadcastTo(windows); // → (N, C, K, K, OH, OW)
    return col2im(dSeen, this.remembered(this.#window), [H, W]); // → (N, C, H, W)
  }
}
