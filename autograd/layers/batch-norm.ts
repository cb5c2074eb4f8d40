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
import { moments, normalize } from "../../np/internal.ts";
import { Module, type Params } from "../module.ts";
import { Tensor } from "../tensor.ts";

/**
 * y = γ x̂ + β with x̂ = (x − μ) / σ, σ = √(variance + ε), per channel.
 * In training, μ and the biased variance are those of the batch; in evaluation, the running ones.
 * `BatchNorm1d` and `BatchNorm2d` say which shapes x may have.
 * @see Ioffe and Szegedy, "Batch Normalization: Accelerating Deep Network Training", ICML 2015, algorithm 1
 */
export abstract class BatchNorm extends Module implements Params<"weight" | "bias">, RunningStatistics {
  /** γ (C,) */
  weight: Tensor | null;
  /** β (C,) */
  bias: Tensor | null;
  /** (C,) */
  runningMean: NDArray | null;
  /** (C,) */
  runningVar: NDArray | null;
  /** () */
  numBatchesTracked: NDArray | null;
  readonly numFeatures: number;
  readonly eps: number;
  readonly momentum: number | null;

  constructor(numFeatures: number, options: BatchNormOptions = {}) {
    super();
    const given = settle(batchNorm(this.constructor.name), { numFeatures }, options);
    const { eps, momentum, affine, dtype } = given;
    this.numFeatures = numFeatures;
    this.eps = eps;
    this.momentum = momentum;
    this.weight = affine ? new Tensor(ones([numFeatures], { dtype }), true) : null;
    this.bias = affine ? new Tensor(zeros([numFeatures], { dtype }), true) : null;
    const start = startStatistics(numFeatures, given);
    this.runningMean = start.runningMean;
    this.runningVar = start.runningVar;
    this.numBatchesTracked = start.numBatchesTracked;
  }

  forward(x: Tensor): Tensor {
    const { axes, perChannel, count } = channelsOf(x.shape);
    const kept = this.training ? null : keptStatistics(this, perChannel);
    if (!kept) expectSeveralPerChannel(`${this.constructor.name}.forward`, x.shape, count);
    // differs: fused, as a library does
    const { mean, variance } = kept ?? moments(x, axes); // (1, C, 1, …)
    if (this.training) trackStatistics(this, mean, variance, count);
    const std = sqrt(variance.add(this.eps));
    const over = kept ? [] : axes;
    if (!this.weight || !this.bias) return standardize(x, mean, std, over);
    return normalize(x, this.weight.reshape(perChannel), this.bias.reshape(perChannel), mean, std, over);
  }
}
