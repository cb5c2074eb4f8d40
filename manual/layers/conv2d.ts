import { type ConvOptions, contracts, type OneOrPair } from "../../contracts/index.ts";
import { convWindow, expectConv, expectShape, settle } from "../../contracts/internal.ts";
import { kaimingUniform } from "../../initialisers/index.ts";
import { biasUniform } from "../../initialisers/internal.ts";
import { col2im, im2col, type NDArray, sizeOf, type Window } from "../../np/index.ts";
import { positionsOf } from "../../np/internal.ts";
import { type InputGradientOptions, notComputed } from "../input-gradient-options.ts";
import { Layer, type Params } from "../layer.ts";

/**
 * A linear layer on every window of an image: y[n, m, i, j] = Σ over c, k, l of
 * W[m, c, k, l] · x[n, c, s·i + d·k − p, s·j + d·l − p] + b[m].
 * Shapes: x (N, C, H, W), weight (M, C/G, KH, KW), bias (M,) → y (N, M, OH, OW), OH = ⌊(H + 2p − d·(KH − 1) − 1) / s⌋ + 1.
 * Backward: with every window as a column of S, y = W S + b. As in Linear, dW = Σ over n of dy Sᵀ, db = Σ over n, i, j
 * of dy and dS = Wᵀ dy; dx adds every element of dS at its place in the image. `conv2dByLoops` spells out the sums.
 * Defaults: stride 1, padding 0, dilation 1, groups 1, bias true, paddingMode "zeros", all ~ U(−1/√D, 1/√D), D = C/G·KH·KW.
 * @throws ShapeError unless x is (N, C, H, W) and not smaller than the window; TypeError for integers
 * @see Chellapilla, Puri, Simard, "High Performance Convolutional Neural Networks for Document Processing", IWFHR 2006; `torch.nn.Conv2d`
 */
export class Conv2d extends Layer implements Params<"weight" | "bias"> {
  /** (M, C/G, KH, KW) */
  weight: NDArray;
  /** (M,) */
  bias: NDArray | null;
  dWeight: NDArray | null = null;
  dBias: NDArray | null = null;
  readonly groups: number;
  readonly window: Window;
  #x: NDArray | null = null;
  #columns: NDArray | null = null;

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
    expectConv("Conv2d.forward", x, this.weight.shape, this.groups, this.window);
    const [OH, OW] = positionsOf("Conv2d.forward", x.shape, this.window);
    const kernels = this.#kernels(); // (G, M/G, D)
    const [N, M, D] = [x.shape[0], this.weight.shape[0], kernels.shape[2]] as [number, number, number];
    const columns = im2col(x, this.window).reshape(N, this.groups, D, OH * OW); // (N, G, D, P)
    this.#x = x; // chalk: backward needs its shape
    this.#columns = columns; // chalk: backward needs them
    const y = kernels.matmul(columns).reshape(N, M, OH, OW); // (G, M/G, D)·(N, G, D, P) → (N, M, OH, OW)
    return this.bias ? y.add(this.bias.reshape(-1, 1, 1)) : y;
  }

  backward(dy: NDArray, { input = true }: InputGradientOptions = {}): NDArray {
    const [x, columns] = [this.remembered(this.#x), this.remembered(this.#columns)]; // (N, C, H, W), (N, G, D, P)
    const [N, C, H, W] = x.shape as [number, number, number, number];
    const [OH, OW] = positionsOf("Conv2d.backward", x.shape, this.window);
    const M = this.weight.shape[0] as number;
    expectShape("Conv2d.backward", "dy", dy.shape, [N, M, OH, OW]);
    const rows = dy.reshape(N, this.groups, M / this.groups, OH * OW); // (N, M, OH, OW) → (N, G, M/G, P)
    this.dWeight = rows.matmul(columns.mT).sum(0).reshape(this.weight.shape); // (N, G, M/G, P)·(N, G, P, D) → (M, C/G, KH, KW)
    this.dBias = this.bias && dy.sum([0, 2, 3]); // (N, M, OH, OW) → (M,)
    if (!input) return notComputed(x); // shape of x
    const dColumns = this.#kernels().mT.matmul(rows); // (G, D, M/G)·(N, G, M/G, P) → (N, G, D, P)
    return col2im(dColumns.reshape(N, C, ...this.window.kernel, OH, OW), this.window, [H, W]); // → (N, C, H, W)
  }

  /** The weight as one matrix for each group: (M, C/G, KH, KW) → (G, M/G, D), D = C/G·KH·KW. */
  #kernels(): NDArray {
    return this.weight.reshape(this.groups, (this.weight.shape[0] as number) / this.groups, -1);
  }
}
