import { type ConvOptions, contracts } from "../../contracts/index.ts";
import { convWindow1d, expectConv, settle } from "../../contracts/internal.ts";
import { kaimingUniform } from "../../initialisers/index.ts";
import { biasUniform } from "../../initialisers/internal.ts";
import { conv2d, sizeOf, type Window } from "../../np/index.ts";
import { Module, type Params } from "../module.ts";
import { Tensor } from "../tensor.ts";

/**
 * A linear layer on every window of a sequence: y[n, m, i] = Σ over c, k of
 * W[m, c, k] · x[n, c, s·i + d·k − p] + b[m]. It is Conv2d on an image of height 1.
 * Shapes: x (N, C, L), weight (M, C/G, K), bias (M,) → y (N, M, OL), OL = ⌊(L + 2p − d·(K − 1) − 1) / s⌋ + 1.
 * Defaults: stride 1, padding 0, dilation 1, groups 1, bias true, paddingMode "zeros", all ~ U(−1/√D, 1/√D), D = C/G·K.
 * @throws ShapeError unless x is (N, C, L) and not shorter than the window; TypeError for integers
 * @see Waibel et al., "Phoneme Recognition Using Time-Delay Neural Networks", 1989, section II; PyTorch's `torch.nn.Conv1d`
 */
export class Conv1d extends Module implements Params<"weight" | "bias"> {
  /** (M, C/G, K) */
  weight: Tensor;
  /** (M,) */
  bias: Tensor | null;
  readonly groups: number;
  readonly window: Window;

  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: number,
    options: ConvOptions<number> = {},
  ) {
    super();
    const given = settle(contracts.Conv1d, { inChannels, outChannels, kernelSize }, options);
    const { groups, bias, rng, dtype } = given;
    this.groups = groups;
    this.window = convWindow1d(given);
    const shape = [outChannels, inChannels / groups, kernelSize];
    this.weight = new Tensor(kaimingUniform(shape, { a: Math.sqrt(5), rng, dtype }), true);
    this.bias = bias
      ? new Tensor(biasUniform(outChannels, sizeOf(shape.slice(1)), { rng, dtype }), true)
      : null;
  }

  forward(x: Tensor): Tensor {
    expectConv("Conv1d.forward", x, this.weight.shape, this.groups, this.window);
    const [N, C, L] = x.shape as [number, number, number];
    const [M, D, K] = this.weight.shape as [number, number, number];
    const image = x.reshape(N, C, 1, L);
    // differs: fused, as a library does
    const y = conv2d(image, this.weight.reshape(M, D, 1, K), this.window, this.groups); // (N, M, 1, OL)
    const rows = y.reshape(N, M, y.shape[3] as number);
    return this.bias ? rows.add(this.bias.reshape(-1, 1)) : rows;
  }
}
