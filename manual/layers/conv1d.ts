import { type ConvOptions, contracts } from "../../contracts/index.ts";
import { convWindow1d, expectConv, settle } from "../../contracts/internal.ts";
import { kaimingUniform } from "../../initialisers/index.ts";
import { biasUniform } from "../../initialisers/internal.ts";
import { conv2d, convTranspose2d, type NDArray, sizeOf, type Window } from "../../np/index.ts";
import { conv2dWeight } from "../../np/internal.ts";
import { type BackwardOptions, notComputed } from "../backward-options.ts";
import { Layer, type Params } from "../layer.ts";

/**
 * Linear on every window of a sequence: y[n, m, i] = Σ over c, k of W[m, c, k] · x[n, c, s·i + d·k − p] + b[m]; an image of height 1.
 * Shapes: x (N, C, L), weight (M, C/G, K), bias (M,) → y (N, M, OL), OL = ⌊(L + 2p − d·(K − 1) − 1) / s⌋ + 1.
 * Backward: as Conv2d's: dW[m, c, k] = Σ over n, i of dy[n, m, i] · x[n, c, s·i + d·k − p], and dx[n, c, s·i + d·k − p] += dy[n, m, i] · W[m, c, k].
 * Defaults: stride 1, padding 0, dilation 1, groups 1, bias true, paddingMode "zeros", all ~ U(−1/√D, 1/√D), D = C/G·K.
 * @throws ShapeError unless x is (N, C, L) and not shorter than the window
 * @see Waibel et al., "Phoneme Recognition Using Time-Delay Neural Networks", 1989, section II; PyTorch's `torch.nn.Conv1d`
 */
export class Conv1d extends Layer implements Params<"weight" | "bias"> {
  weight: NDArray; // (M, C/G, K)
  bias: NDArray | null; // (M,)
  dWeight: NDArray | null = null;
  dBias: NDArray | null = null;
  readonly groups: number;
  readonly window: Window;
  #x: NDArray | null = null;

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
    expectConv("Conv1d.forward", x.shape, this.weight.shape, this.groups, this.window);
    this.#x = x; // chalk: backward needs it
    const [N, C, L] = x.shape as [number, number, number];
    const [M, D, K] = this.weight.shape as [number, number, number];
    const image = x.reshape(N, C, 1, L);
    const y = conv2d(image, this.weight.reshape(M, D, 1, K), this.window, this.groups).reshape(N, M, -1);
    return this.bias ? y.add(this.bias.reshape(-1, 1)) : y;
  }

  backward(dy: NDArray, { input = true }: BackwardOptions = {}): NDArray {
    const x = this.remembered(this.#x); // (N, C, L)
    const [N, C, L] = x.shape as [number, number, number];
    const [M, D, K] = this.weight.shape as [number, number, number];
    const dImage = dy.reshape(N, M, 1, -1); // (N, M, OL) → (N, M, 1, OL)
    const dKernel = conv2dWeight(dImage, x.reshape(N, C, 1, L), this.window, this.groups); // → (M, C/G, 1, K)
    this.dWeight = dKernel.reshape(M, D, K); // → (M, C/G, K)
    this.dBias = this.bias && dy.sum([0, 2]); // (N, M, OL) → (M,)
    if (!input) return notComputed(x); // shape of x
    const dx = convTranspose2d(dImage, this.weight.reshape(M, D, 1, K), this.window, this.groups, [1, L]);
    return dx.reshape(N, C, L); // (N, C, 1, L) → (N, C, L)
  }
}
