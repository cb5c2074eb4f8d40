import { type ConvTransposeOptions, contracts, type OneOrPair } from "../../contracts/index.ts";
import { convTransposeSize, convTransposeWindow, settle } from "../../contracts/internal.ts";
import { kaimingUniform } from "../../initialisers/index.ts";
import { biasUniform } from "../../initialisers/internal.ts";
import { conv2d, convTranspose2d, type NDArray, sizeOf, type Window } from "../../np/index.ts";
import { conv2dWeight } from "../../np/internal.ts";
import { Layer, type Params } from "../layer.ts";

/**
 * The transpose of Conv2d: every element of x adds x · W to y, where Conv2d's window would see it: y[n, m, s·i + d·k − p, …] += x[n, c, i, …] · W[c, m, k, …].
 * Shapes: x (N, C, H, W), weight (C, M/G, KH, KW), bias (M,) → y (N, M, OH, OW), OH = s·(H − 1) − 2p + d·(KH − 1) + outputPadding + 1.
 * Backward: what was spread is collected: dx is the convolution of dy with W, and dW what that convolution has for x as its dy: Conv2d's, the other way round.
 * Defaults: stride 1, padding 0, outputPadding 0, dilation 1, groups 1, bias true, all ~ U(−1/√D, 1/√D), D = M/G·KH·KW.
 * @throws ShapeError unless x is (N, C, H, W), and y has at least one row and column
 * @see Dumoulin, Visin, "A guide to convolution arithmetic for deep learning", 2016, chapter 4; PyTorch's `torch.nn.ConvTranspose2d`
 */
export class ConvTranspose2d extends Layer implements Params<"weight" | "bias"> {
  weight: NDArray; // (C, M/G, KH, KW)
  bias: NDArray | null; // (M,)
  dWeight: NDArray | null = null;
  dBias: NDArray | null = null;
  readonly groups: number;
  readonly window: Window;
  #x: NDArray | null = null;

  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: OneOrPair,
    options: ConvTransposeOptions = {},
  ) {
    super();
    const given = settle(contracts.ConvTranspose2d, { inChannels, outChannels, kernelSize }, options);
    const { groups, bias, rng, dtype } = given;
    this.groups = groups;
    this.window = convTransposeWindow(given);
    const shape = [inChannels, outChannels / groups, ...this.window.kernel];
    this.weight = kaimingUniform(shape, { a: Math.sqrt(5), rng, dtype });
    this.bias = bias ? biasUniform(outChannels, sizeOf(shape.slice(1)), { rng, dtype }) : null;
  }

  forward(x: NDArray): NDArray {
    const size = convTransposeSize("ConvTranspose2d.forward", x.shape, this.weight.shape, this.window); // (OH, OW)
    this.#x = x; // chalk: backward needs it
    const y = convTranspose2d(x, this.weight, this.window, this.groups, size); // (N, M, OH, OW)
    return this.bias ? y.add(this.bias.reshape(-1, 1, 1)) : y;
  }

  backward(dy: NDArray): NDArray {
    const x = this.remembered(this.#x); // (N, C, H, W)
    this.dWeight = conv2dWeight(x, dy, this.window, this.groups); // (N, C, H, W), (N, M, OH, OW) → (C, M/G, KH, KW)
    this.dBias = this.bias && dy.sum([0, 2, 3]); // (N, M, OH, OW) → (M,)
    return conv2d(dy, this.weight, this.window, this.groups); // (N, M, OH, OW) → (N, C, H, W)
  }
}
