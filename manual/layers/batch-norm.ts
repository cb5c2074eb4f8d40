import type { BatchNormOptions } from "../../contracts/index.ts";
import {
  batchNorm,
  channelsOf,
  expectSeveralPerChannel,
  expectShape,
  keptStatistics,
  type RunningStatistics,
  settle,
  startStatistics,
  trackStatistics,
} from "../../contracts/internal.ts";
import { type NDArray, ones, sqrt, vecdot, zeros } from "../../np/index.ts";
import { Layer, type Params } from "../layer.ts";

/**
 * y = γ x̂ + β with x̂ = (x − μ) / σ, σ = √(variance + ε), per channel.
 * In training, μ and the biased variance are those of the batch; in evaluation, the running ones.
 * `BatchNorm1d` and `BatchNorm2d` say which shapes x may have.
 * @see Ioffe and Szegedy, "Batch Normalization: Accelerating Deep Network Training", ICML 2015, algorithm 1
 */
export abstract class BatchNorm extends Layer implements Params<"weight" | "bias">, RunningStatistics {
  /** γ (C,) */
  weight: NDArray | null;
  /** β (C,) */
  bias: NDArray | null;
  dWeight: NDArray | null = null;
  dBias: NDArray | null = null;
  /** (C,) */
  runningMean: NDArray | null;
  /** (C,) */
  runningVar: NDArray | null;
  /** () */
  numBatchesTracked: NDArray | null;
  readonly numFeatures: number;
  readonly eps: number;
  readonly momentum: number | null;
  #cache: { xhat: NDArray; std: NDArray; isBatch: boolean } | null = null;

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
    const { mean, variance } = kept ?? { mean: x.mean(axes, true), variance: x.var(axes, true) }; // (1, C, 1, …)
    if (this.training) trackStatistics(this, mean, variance, count);
    const std = sqrt(variance.add(this.eps));
    const xhat = x.sub(mean).div(std);
    this.#cache = { xhat, std, isBatch: !kept }; // chalk: backward needs it
    if (!this.weight || !this.bias) return xhat;
    return xhat.mul(this.weight.reshape(perChannel)).add(this.bias.reshape(perChannel));
  }

  /**
   * With m elements in a channel, ∂x̂ⱼ/∂xᵢ = ([i = j] − 1/m − x̂ᵢ x̂ⱼ/m) / σ.
   * The first term comes from x itself, the second through μ (∂μ/∂xᵢ = 1/m),
   * the third through σ (∂σ/∂xᵢ = x̂ᵢ/m). So dx = γ/σ · (dy − dβ/m − x̂ dγ/m), with x̂ = (x − μ)/σ.
   * Running statistics are constants, so only the first term is left.
   */
  backward(dy: NDArray): NDArray {
    const { xhat, std, isBatch } = this.remembered(this.#cache);
    const { axes, perChannel, count } = channelsOf(xhat.shape);
    expectShape(`${this.constructor.name}.backward`, "dy", dy.shape, xhat.shape);
    const dGamma = vecdot(dy, xhat, axes, true); // Σ dy x̂: (N, C, …) → (1, C, 1, …)
    const dBeta = dy.sum(axes, true); // (N, C, …) → (1, C, 1, …)
    this.dWeight = this.weight && dGamma.reshape(-1); // (1, C, 1, …) → (C,)
    this.dBias = this.bias && dBeta.reshape(-1); // (1, C, 1, …) → (C,)
    const scale = this.weight ? this.weight.reshape(perChannel).div(std) : std.pow(-1); // γ/σ (1, C, 1, …)
    if (!isBatch) return dy.mul(scale); // shape of x
    const throughMean = dBeta.div(count); // (1, C, 1, …)
    const throughStd = xhat.mul(dGamma.div(count)); // (N, C, …)
    return dy.sub(throughMean).sub(throughStd).mul(scale); // shape of x
  }
}
