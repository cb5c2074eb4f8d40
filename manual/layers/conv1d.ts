import { type ConvOptions, contracts } from "../../contracts/index.ts";
import { convWindow1d, expectConv, expectShape, settle } from "../../contracts/internal.ts";
import { kaimingUniform } from "../../initialisers/index.ts";
import { biasUniform } from "../../initialisers/internal.ts";
import { col2im, im2col, type NDArray, sizeOf, type Window } from "../../np/index.ts";
import { positionsOf } from "../../np/internal.ts";
import { type InputGradientOptions, notComputed } from "../input-gradient-options.ts";
import { Layer, type Params } from "../layer.ts";

/**
 * A linear layer on every window of a sequence: y[n, m, i] = Σ over c, k of
 * W[m, c, k] · x[n, c, s·i + d·k − p] + b[m]. It is Conv2d on an image of height 1.
 * Shapes: x (N, C, L), weight (M, C/G, K), bias (M,) → y (N, M, OL), OL = ⌊(L + 2p − d·(K − 1) − 1) / s⌋ + 1.
 * Backward: as in Conv2d: with every window as a column of S, dW = Σ over n of dy Sᵀ,
 * db = Σ over n, i of dy and dS = Wᵀ dy; dx adds every element of dS at its place in the sequence.
 * Defaults: stride 1, padding 0, dilation 1, groups 1, bias true, paddingMode "zeros", all ~ U(−1/√D, 1/√D), D = C/G·K.
 * @throws ShapeError unless x is (N, C, L) and not shorter than the window; TypeError for integers
 * @see Waibel et al., "Phoneme Recognition Using Time-Delay Neural Networks", 1989, section II; PyTorch's `torch.nn.Conv1d`
 */
export class Conv1d extends Layer implements Params<"weight" | "bias"> {
  /** (M, C/G, K) */
  weight: NDArray;
  /** (M,) */
  bias: NDArray | null;
  dWeight: NDArray | null = null;
  dBias: NDArray | null = null;
  readonly groups: number;
  readonly window: Window;
  #x: NDArray | null = null;
  #columns: NDArray | null = null;

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
    this.weight = kaimingUniform(shape, { a: Math.sqrt(5), rng, dtype });
    this.bias = bias ? biasUniform(outChannels, sizeOf(shape.slice(1)), { rng, dtype }) : null;
  }

  forward(x: NDArray): NDArray {
    expectConv("Conv1d.forward", x, this.weight.shape, this.groups, this.window);
    const [N, C, L] = x.shape as [number, number, number];
    const image = x.reshape(N, C, 1, L);
    const [, OL] = positionsOf("Conv1d.forward", image.shape, this.window);
    const kernels = this.#kernels(); // (G, M/G, D)
    const [M, D] = [this.weight.shape[0], kernels.shape[2]] as [number, number];
    const columns = im2col(image, this.window).reshape(N, this.groups, D, OL); // (N, G, D, OL)
    this.#x = x; // chalk: backward needs its shape
    this.#columns = columns; // chalk: backward needs them
    const y = kernels.matmul(columns).reshape(N, M, OL); // (G, M/G, D)·(N, G, D, OL) → (N, M, OL)
    return this.bias ? y.add(this.bias.reshape(-1, 1)) : y;
  }

  backward(dy: NDArray, { input = true }: InputGradientOptions = {}): NDArray {
    const [x, columns] = [this.remembered(this.#x), this.remembered(this.#columns)]; // (N, C, L), (N, G, D, OL)
    const [N, C, L] = x.shape as [number, number, number];
    const [M, OL] = [this.weight.shape[0], columns.shape[3]] as [number, number];
    expectShape("Conv1d.backward", "dy", dy.shape, [N, M, OL]);
    const rows = dy.reshape(N, this.groups, M / this.groups, OL); // (N, M, OL) → (N, G, M/G, OL)
    this.dWeight = rows.matmul(columns.mT).sum(0).reshape(this.weight.shape); // (N, G, M/G, OL)·(N, G, OL, D) → (M, C/G, K)
    this.dBias = this.bias && dy.sum([0, 2]); // (N, M, OL) → (M,)
    if (!input) return notComputed(x); // shape of x
    const dColumns = this.#kernels().mT.matmul(rows); // (G, D, M/G)·(N, G, M/G, OL) → (N, G, D, OL)
    const dImage = col2im(dColumns.reshape(N, C, ...this.window.kernel, 1, OL), this.window, [1, L]); // → (N, C, 1, L)
    return dImage.reshape(x.shape); // → (N, C, L)
  }

  /** The weight as one matrix for each group: (M, C/G, K) → (G, M/G, D), D = C/G·K. */
  #kernels(): NDArray {
    return this.weight.reshape(this.groups, (this.weight.shape[0] as number) / this.groups, -1);
  }
}
