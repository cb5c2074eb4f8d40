import { contracts, type MaxPoolOptions, type OneOrPair } from "../../contracts/index.ts";
import { expectShape, type Pool, poolOf, poolWindow, settle } from "../../contracts/internal.ts";
import { argmaxPool, maxPool2d, type NDArray, scatter, type Window } from "../../np/index.ts";
import { Layer } from "../layer.ts";

/**
 * The largest element of each window: y[n, c, i, j] = max over k, l of
 * x[n, c, s·i + d·k − p, s·j + d·l − p]. Padding counts as −∞.
 * Shapes: x (N, C, H, W) → y (N, C, OH, OW), OH = ⌊(H + 2p − d·(K − 1) − 1) / s⌋ + 1, rounded up with ceilMode.
 * Backward: dy goes to the window's largest element, the first one if several are equal;
 * an element that wins in several windows gets the sum.
 * Defaults: stride = kernelSize, padding 0, dilation 1, ceilMode false.
 * @throws ShapeError unless x is (N, C, H, W) and not smaller than the window
 * @see Goodfellow, Bengio, Courville, "Deep Learning", 2016, section 9.3; PyTorch's `torch.nn.MaxPool2d`
 */
export class MaxPool2d extends Layer {
  readonly pool: Pool;
  #x: NDArray | null = null;
  #window: Window | null = null;

  constructor(kernelSize: OneOrPair, options: MaxPoolOptions = {}) {
    super();
    this.pool = poolOf(settle(contracts.MaxPool2d, { kernelSize }, options));
  }

  forward(x: NDArray): NDArray {
    const window = poolWindow("MaxPool2d.forward", x.shape, this.pool);
    this.#x = x; // chalk: backward needs it
    this.#window = window; // chalk: backward needs it
    return maxPool2d(x, window); // (N, C, OH, OW)
  }

  backward(dy: NDArray): NDArray {
    const x = this.remembered(this.#x);
    const [N, C, H, W] = x.shape as [number, number, number, number];
    const winners = argmaxPool(x, this.remembered(this.#window)); // (N, C, OH, OW), positions 0 … H·W − 1
    expectShape("MaxPool2d.backward", "dy", dy.shape, winners.shape);
    const P = (winners.shape[2] as number) * (winners.shape[3] as number); // OH·OW
    const dx = scatter(dy.reshape(N, C, P), winners.reshape(N, C, P), 2, [N, C, H * W]); // (N, C, P) → (N, C, H·W)
    return dx.reshape(x.shape); // → (N, C, H, W)
  }
}
