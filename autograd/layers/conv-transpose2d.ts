import { type ConvTransposeOptions, contracts, type OneOrPair } from "../../contracts/index.ts";
import { convTransposeSize, convTransposeWindow, settle } from "../../contracts/internal.ts";
import { kaimingUniform } from "../../initialisers/index.ts";
import { biasUniform } from "../../initialisers/internal.ts";
import { convTranspose2d, sizeOf, type Window } from "../../np/index.ts";
import { Module, type Params } from "../module.ts";
import { Tensor } from "../tensor.ts";

/**
 * The transpose of Conv2d: every element of x adds x · W to the window of y where Conv2d would read
 * it: y[n, m, s·i + d·k − p, …] += x[n, c, i, …] · W[c, m, k, …].
 * Shapes: x (N, C, H, W), weight (C, M/G, KH, KW), bias (M,) → y (N, M, OH, OW), OH = s·(H − 1) − 2p + d·(KH − 1) + outputPadding + 1.
 * Defaults: stride 1, padding 0, outputPadding 0, dilation 1, groups 1, bias true, all ~ U(−1/√D, 1/√D), D = M/G·KH·KW.
 * @throws ShapeError unless x is (N, C, H, W), and y has at least one row and column; TypeError for integers
 * @see Dumoulin, Visin, "A guide to convolution arithmetic for deep learning", 2016, chapter 4; PyTorch's `torch.nn.ConvTranspose2d`
 */
export class ConvTranspose2d extends Module implements Params<"weight" | "bias"> {
  /** (C, M/G, KH, KW) */
  weight: Tensor;
  /** (M,) */
  bias: Tensor | null;
  readonly groups: number;
  readonly window: Window;

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
    this.weight = new Tensor(kaimingUniform(shape, { a: Math.sqrt(5), rng, dtype }), true);
    this.bias = bias
      ? new Tensor(biasUniform(outChannels, sizeOf(shape.slice(1)), { rng, dtype }), true)
      : null;
  }

  forward(x: Tensor): Tensor {
    const size = convTransposeSize("ConvTranspose2d.forward", x, this.weight.shape, this.window); // (OH, OW)
    // differs: fused, as a library does
    const y = convTranspose2d(x, this.weight, this.window, this.groups, size); // (N, M, OH, OW)
    return this.bias ? y.add(this.bias.reshape(-1, 1, 1)) : y;
  }
}
