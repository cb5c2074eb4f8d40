import { type ConvOptions, contracts, type OneOrPair } from "../../contracts/index.ts";
import { convWindow, expectConv, settle } from "../../contracts/internal.ts";
import { kaimingUniform } from "../../initialisers/index.ts";
import { biasUniform } from "../../initialisers/internal.ts";
import { conv2d, sizeOf, type Window } from "../../np/index.ts";
import { Module, type Params } from "../module.ts";
import { Tensor } from "../tensor.ts";

/**
 * A linear layer on every window of an image: y[n, m, i, j] = Σ over c, k, l of
 * W[m, c, k, l] · x[n, c, s·i + d·k − p, s·j + d·l − p] + b[m].
 * Shapes: x (N, C, H, W), weight (M, C/G, KH, KW), bias (M,) → y (N, M, OH, OW), OH = ⌊(H + 2p − d·(KH − 1) − 1) / s⌋ + 1.
 * Defaults: stride 1, padding 0, dilation 1, groups 1, bias true, paddingMode "zeros", all ~ U(−1/√D, 1/√D), D = C/G·KH·KW.
 * @throws ShapeError unless x is (N, C, H, W) and not smaller than the window; TypeError for integers
 * @see Chellapilla, Puri, Simard, "High Performance Convolutional Neural Networks for Document Processing", IWFHR 2006; `torch.nn.Conv2d`
 */
export class Conv2d extends Module implements Params<"weight" | "bias"> {
  /** (M, C/G, KH, KW) */
  weight: Tensor;
  /** (M,) */
  bias: Tensor | null;
  readonly groups: number;
  readonly window: Window;

  constructor(inChannels: number, outChannels: number, kernelSize: OneOrPair, options: ConvOptions = {}) {
    super();
    const given = settle(contracts.Conv2d, { inChannels, outChannels, kernelSize }, options);
    const { groups, bias, rng, dtype } = given;
    this.groups = groups;
    this.window = convWindow(given);
    const shape = [outChannels, inChannels / groups, ...this.window.kernel];
    this.weight = new Tensor(kaimingUniform(shape, { a: Math.sqrt(5), rng, dtype }), true);
    this.bias = bias
      ? new Tensor(biasUniform(outChannels, sizeOf(shape.slice(1)), { rng, dtype }), true)
      : null;
  }

  forward(x: Tensor): Tensor {
    expectConv("Conv2d.forward", x, this.weight.shape, this.groups, this.window);
    // differs: fused, as a library does
    const y = conv2d(x, this.weight, this.window, this.groups); // (N, M, OH, OW)
    return this.bias ? y.add(this.bias.reshape(-1, 1, 1)) : y;
  }
}
