import { type ConvTransposeOptions, contracts, type OneOrPair } from "../../contracts/index.ts";
import { convTransposeSize, convTransposeWindow, expectShape, settle } from "../../contracts/internal.ts";
import { kaimingUniform } from "../../initialisers/index.ts";
import { biasUniform } from "../../initialisers/internal.ts";
import { col2im, im2col, type NDArray, sizeOf, type Window } from "../../np/index.ts";
import { Layer, type Params } from "../layer.ts";

/**
 * The transpose of Conv2d: every element of x adds x · W to the window of y where Conv2d would read
 * it: y[n, m, s·i + d·k − p, …] += x[n, c, i, …] · W[c, m, k, …].
 * Shapes: x (N, C, H, W), weight (C, M/G, KH, KW), bias (M,) → y (N, M, OH, OW), OH = s·(H − 1) − 2p + d·(KH − 1) + outputPadding + 1.
 * Backward: with every window of dy as a column of S, dx = W S, dW = Σ over n of x Sᵀ and
 * db = Σ over n, i, j of dy. That is Conv2d's forward and its dW, with x in the place of its dy.
 * Defaults: stride 1, padding 0, outputPadding 0, dilation 1, groups 1, bias true, all ~ U(−1/√D, 1/√D), D = M/G·KH·KW.
 * @throws ShapeError unless x is (N, C, H, W), and y has at least one row and column; TypeError for integers
 * @see Dumoulin, Visin, "A guide to convolution arithmetic for deep learning", 2016, chapter 4; PyTorch's `torch.nn.ConvTranspose2d`
 */
export class ConvTranspose2d extends Layer implements Params<"weight" | "bias"> {
  /** (C, M/G, KH, KW) */
  weight: NDArray;
  /** (M,) */
  bias: NDArray | null;
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
    const size = convTransposeSize("ConvTranspose2d.forward", x, this.weight.shape, this.window); // (OH, OW)
    this.#x = x; // chalk: backward needs it
    const [N, C, H, W] = x.shape as [number, number, number, number];
    const M = (this.weight.shape[1] as number) * this.groups;
    const rows = x.reshape(N, this.groups, C / this.groups, H * W); // (N, C, H, W) → (N, G, C/G, P)
    const columns = this.#kernels().mT.matmul(rows); // (G, D, C/G)·(N, G, C/G, P) → (N, G, D, P)
    const y = col2im(columns.reshape(N, M, ...this.window.kernel, H, W), this.window, size); // → (N, M, OH, OW)
    return this.bias ? y.add(this.bias.reshape(-1, 1, 1)) : y;
  }

  backward(dy: NDArray): NDArray {
    const x = this.remembered(this.#x); // (N, C, H, W)
    const [N, C, H, W] = x.shape as [number, number, number, number];
    const size = convTransposeSize("ConvTranspose2d.backward", x, this.weight.shape, this.window); // (OH, OW)
    const M = (this.weight.shape[1] as number) * this.groups;
    expectShape("ConvTranspose2d.backward", "dy", dy.shape, [N, M, ...size]);
    const rows = x.reshape(N, this.groups, C / this.groups, H * W); // (N, C, H, W) → (N, G, C/G, P)
    const kernels = this.#kernels(); // (G, C/G, D)
    const D = kernels.shape[2] as number;
    const dColumns = im2col(dy, this.window).reshape(N, this.groups, D, H * W); // (N, M, OH, OW) → (N, G, D, P)
    this.dWeight = rows.matmul(dColumns.mT).sum(0).reshape(this.weight.shape); // (N, G, C/G, P)·(N, G, P, D) → (C, M/G, KH, KW)
    this.dBias = this.bias && dy.sum([0, 2, 3]); // (N, M, OH, OW) → (M,)
    return kernels.matmul(dColumns).reshape(x.shape); // (G, C/G, D)·(N, G, D, P) → (N, C, H, W)
  }

  /** The weight as one matrix for each group: (C, M/G, KH, KW) → (G, C/G, D), D = M/G·KH·KW. */
  #kernels(): NDArray {
    return this.weight.reshape(this.groups, (this.weight.shape[0] as number) / this.groups, -1);
  }
}
