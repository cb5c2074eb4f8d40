import type { BatchNormOptions } from "../../contracts/index.ts";
import {
  batchNorm,
  channelsOf,
  expectSeveralPerChannel,
  keptStatistics,
  type RunningStatistics,
  settle,
  startStatistics,
  trackStatistics,
} from "../../contracts/internal.ts";
import { type NDArray, ones, sqrt, standardize, zeros } from "../../np/index.ts";
import { addcmul2, comoments, moments, normalize } from "../../np/internal.ts";
import { Layer, type Params } from "../layer.ts";

/**
 * y = γ x̂ + β with x̂ = (x − μ) / σ, σ = √(variance + ε), per channel: in training μ and the biased variance are the batch's, in
 * evaluation the running ones. `BatchNorm1d` and `BatchNorm2d` say which shapes x may have.
 * @see Ioffe and Szegedy, "Batch Normalization: Accelerating Deep Network Training", ICML 2015, algorithm 1
 */
export abstract class BatchNorm extends Layer implements Params<"weight" | "bias">, RunningStatistics {
  weight: NDArray | null; // γ (C,)
  bias: NDArray | null; // β (C,)
  dWeight: NDArray | null = null;
  dBias: NDArray | null = null;
  runningMean: NDArray | null; // (C,)
  runningVar: NDArray | null; // (C,)
  numBatchesTracked: NDArray | null; // ()
  readonly numFeatures: number;
  readonly eps: number;
  readonly momentum: number | null;
  #cache: {
    x: NDArray;
    mean: NDArray;
    std: NDArray;
    axes: number[];
    perChannel: number[];
    count: number;
    isBatch: boolean;
  } | null = null;

  constructor(numFeatures: number, options: BatchNormOptions = {}) {
    super();
    const given = settle(batchNorm(this.constructor.name), { numFeatures }, options);
    const { eps, momentum, affine, dtype } = given;
    this.numFeatures = numFeatures;
    this.eps = eps;
    this.momentum = momentum;
    this.weight = affine ? ones([numFeatures], { dtype }) : null;
    this.bias = affine ? zeros([numFeatures], { dtype }) : null;
    const start = startStatistics(numFeatures, given);
    this.runningMean = start.runningMean;
    this.runningVar = start.runningVar;
    this.numBatchesTracked = start.numBatchesTracked;
  }

  forward(x: NDArray): NDArray {
    const { axes, perChannel, count } = channelsOf(x.shape);
    const kept = this.training ? null : keptStatistics(this, perChannel);
    if (!kept) expectSeveralPerChannel(`${this.constructor.name}.forward`, x.shape, count);
    const { mean, variance } = kept ?? moments(x, axes); // (1, C, 1, …)
    if (this.training) trackStatistics(this, mean, variance, count);
    const std = sqrt(variance.add(this.eps));
    this.#cache = { x, mean, std, axes, perChannel, count, isBatch: !kept }; // chalk: backward needs it
    const over = kept ? [] : axes;
    if (!this.weight || !this.bias) return standardize(x, mean, std, over);
    return normalize(x, this.weight.reshape(perChannel), this.bias.reshape(perChannel), mean, std, over);
  }

  /**
   * With m elements in a channel ∂x̂ⱼ/∂xᵢ = ([i = j] − 1/m − x̂ᵢ x̂ⱼ/m) / σ: the first term from x itself, the second through μ (∂μ/∂xᵢ = 1/m),
   * the third through σ (∂σ/∂xᵢ = x̂ᵢ/m). So dx = γ/σ · (dy − dβ/m − x̂ dγ/m), x̂ = (x − μ)/σ. Running statistics are constants, of which the first term is left.
   */
  backward(dy: NDArray): NDArray {
    const { x, mean, std, axes, perChannel, count, isBatch } = this.remembered(this.#cache);
    const { sum: dBeta, comoment } = comoments(dy, x, mean, axes); // Σ dy and Σ dy (x − μ): (N, C, …) → (1, C, 1, …)
    const dGamma = comoment.div(std); // Σ dy x̂
    this.dWeight = this.weight && dGamma.reshape(-1); // (1, C, 1, …) → (C,)
    this.dBias = this.bias && dBeta.reshape(-1); // (1, C, 1, …) → (C,)
    const scale = this.weight ? this.weight.reshape(perChannel).div(std) : std.pow(-1); // γ/σ (1, C, 1, …)
    if (!isBatch) return dy.mul(scale); // shape of x
    const throughMean = dBeta.div(count).mul(scale).neg();
    const throughStd = dGamma.div(count).mul(scale).div(std).neg();
    return addcmul2(throughMean, dy, scale, x, throughStd, mean); // shape of x
  }
}
