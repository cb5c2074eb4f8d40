import { col2im, conv2d, im2col, type NDArray, random, sizeOf, type Window } from "../../np/index.ts";
import {
  biasUniform,
  type ConvOptions,
  convShapes,
  convWindow,
  expectChannels,
  expectConv,
  kaimingUniform,
  type OneOrPair,
} from "../../training/index.ts";
import { type BackwardOptions, notComputed } from "../backward-options.ts";
import { Layer, type Params } from "../layer.ts";

/**
 * Linear on every window of an image: y[n, m, i, j] = Σ over c, k, l of W[m, c, k, l] · x[n, c, s·i + d·k − p, s·j + d·l − p] + b[m].
 * Shapes: x (N, C, H, W), weight (M, C/G, KH, KW), bias (M,) → y (N, M, OH, OW), OH = ⌊(H + 2p − d·(KH − 1) − 1) / s⌋ + 1.
 * Backward: as Linear's, with x's windows as columns: dW = Σ over n of dy colsᵀ, dx = Wᵀ dy, every column added where it was seen.
 * Defaults: stride 1, padding 0, dilation 1, groups 1, bias true, paddingMode "zeros", all ~ U(−1/√D, 1/√D), D = C/G·KH·KW.
 * @throws ShapeError unless x is (N, C, H, W) and not smaller than the window
 * @see Chellapilla, Puri, Simard, "High Performance Convolutional Neural Networks for Document Processing", IWFHR 2006; `torch.nn.Conv2d`
 */
export class Conv2d extends Layer implements Params<"weight" | "bias"> {
  weight: NDArray; // (M, C/G, KH, KW)
  bias: NDArray | null; // (M,)
  dWeight: NDArray | null = null;
  dBias: NDArray | null = null;
  readonly groups: number;
  readonly window: Window;
  #x: NDArray | null = null;

  constructor(inChannels: number, outChannels: number, kernelSize: OneOrPair, options: ConvOptions = {}) {
    super();
    const { groups = 1, bias = true, rng = random(), dtype } = options;
    expectChannels("Conv2d", inChannels, outChannels, groups);
    this.groups = groups;
    this.window = convWindow("Conv2d", kernelSize, options);
    const shape = [outChannels, inChannels / groups, ...this.window.kernel];
    this.weight = kaimingUniform(shape, { a: Math.sqrt(5), rng, dtype });
    this.bias = bias ? biasUniform(outChannels, sizeOf(shape.slice(1)), { rng, dtype }) : null;
  }

  forward(x: NDArray): NDArray {
    expectConv("Conv2d.forward", x.shape, this.weight.shape, this.groups, this.window);
    this.#x = x; // chalk: backward needs it
    const y = conv2d(x, this.weight, this.window, this.groups); // (N, M, OH, OW)
    return this.bias ? y.add(this.bias.reshape(-1, 1, 1)) : y;
  }

  backward(dy: NDArray, { input = true }: BackwardOptions = {}): NDArray {
    const x = this.remembered(this.#x); // (N, C, H, W)
    const { windows, columns, rows, product, size } = convShapes(x.shape, this.weight.shape, this.window);
    const seen = im2col(x, this.window).reshape(columns); // (N, C, H, W) → (N, G, D, L)
    const dProduct = dy.reshape(product); // (N, M, OH, OW) → (N, G, M/G, L)
    const dRows = dProduct.matmul(seen.mT).sum(0); // Σ over n of (G, M/G, L)·(G, L, D) → (G, M/G, D)
    this.dWeight = dRows.reshape(this.weight.shape); // → (M, C/G, KH, KW)
    this.dBias = this.bias && dy.sum([0, 2, 3]); // (N, M, OH, OW) → (M,)
    if (!input) return notComputed(x); // shape of x
    const dSeen = this.weight.reshape(rows).mT.matmul(dProduct); // (G, D, M/G)·(N, G, M/G, L) → (N, G, D, L)
    return col2im(dSeen.reshape(windows), this.window, size); // (N, C, KH, KW, OH, OW) → (N, C, H, W)
  }
}
