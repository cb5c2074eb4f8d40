import { type ConvOptions, contracts, type OneOrPair } from "../../contracts/index.ts";
import { convWindow, expectConv, settle } from "../../contracts/internal.ts";
import { kaimingUniform } from "../../initialisers/index.ts";
import { biasUniform } from "../../initialisers/internal.ts";
import { conv2d, convTranspose2d, type NDArray, sizeOf, type Window } from "../../np/index.ts";
import { conv2dWeight } from "../../np/internal.ts";
import { type BackwardOptions, notComputed } from "../backward-options.ts";
import { Layer, type Params } from "../layer.ts";

/**
 * Linear on every window of an image: y[n, m, i, j] = Σ over c, k, l of W[m, c, k, l] · x[n, c, s·i + d·k − p, s·j + d·l − p] + b[m].
 * Shapes: x (N, C, H, W), weight (M, C/G, KH, KW), bias (M,) → y (N, M, OH, OW), OH = ⌊(H + 2p − d·(KH − 1) − 1) / s⌋ + 1.
 * Backward: y is a sum of products W · x, so dW[m, c, k, l] = Σ over n, i, j of dy[n, m, i, j] · x[n, c, s·i + d·k − p, s·j + d·l − p], and
 * dx[n, c, s·i + d·k − p, s·j + d·l − p] += dy[n, m, i, j] · W[m, c, k, l], for all of them. `conv2dByLoops` writes these sums out.
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
    const given = settle(contracts.Conv2d, { inChannels, outChannels, kernelSize }, options);
    const { groups, bias, rng, dtype } = given;
    this.groups = groups;
    this.window = convWindow(given);
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
    const [H, W] = x.shape.slice(2) as [number, number];
    this.dWeight = conv2dWeight(dy, x, this.window, this.groups); // (N, M, OH, OW), (N, C, H, W) → (M, C/G, KH, KW)
    this.dBias = this.bias && dy.sum([0, 2, 3]); // (N, M, OH, OW) → (M,)
    if (!input) return notComputed(x); // shape of x
    return convTranspose2d(dy, this.weight, this.window, this.groups, [H, W]); // (N, M, OH, OW) → (N, C, H, W)
  }
}
