import { contracts } from "../../contracts/index.ts";
import { shapeOf } from "../../contracts/internal.ts";
import { type Axis, array, type NDArray, ones, zeros } from "../../np/index.ts";
import {
  argument,
  atLeastZero,
  type Contract,
  expectArgument,
  flag,
  integer,
  type None,
  ndarray,
  number,
  optional,
  orNull,
  settle,
} from "../../np/internal.ts";
import { BatchNorm } from "../layers/batch-norm.ts";
import { LayerNorm } from "../layers/layer-norm.ts";
import { Tensor } from "../tensor.ts";
import { aTensor, tensorOrNull, withFields } from "./with-fields.ts";

export interface AffineOptions {
  /** γ; default null: 1. */
  readonly weight?: Tensor | null;
  /** β; default null: 0. */
  readonly bias?: Tensor | null;
  /** Added to the variance before the root; default 1e-5. */
  readonly eps?: number;
}
export interface FunctionalBatchNormOptions extends AffineOptions {
  /** Whether the statistics are those of the batch, and move the running ones; default false. */
  readonly training?: boolean;
  /** How far the running statistics move, in place; default 0.1. */
  readonly momentum?: number;
}
export interface NormalizeOptions {
  /** The exponent of the norm; default 2. */
  readonly p?: number;
  /** The axis of each vector, or several; default 1. */
  readonly dim?: Axis;
  /** The least norm that is divided by; default 1e-12. */
  readonly eps?: number;
}
export interface CosineSimilarityOptions {
  /** The axis of each vector; default 1. */
  readonly dim?: number;
  /** The least norm that is divided by; default 1e-8. */
  readonly eps?: number;
}

const affine = {
  weight: optional(tensorOrNull, null),
  bias: optional(tensorOrNull, null),
  eps: contracts.LayerNorm.options.eps,
};
const perSample: Contract<None, AffineOptions> = { name: "layerNorm", positional: {}, options: affine };
const perChannel: Contract<None, FunctionalBatchNormOptions> = {
  name: "batchNorm",
  positional: {},
  options: { ...affine, training: flag(false), momentum: optional(number(), 0.1) },
};
const runningStatistics = orNull(ndarray, "none");
const axes = argument<Axis>(
  "list",
  "an axis, a list of axes, or null for all",
  (x) => x === null || [x].flat().every((axis) => typeof axis === "number"),
);
const lengths: Contract<None, NormalizeOptions> = {
  name: "normalize",
  positional: {},
  options: { p: optional(number({ infinity: true }), 2), dim: optional(axes, 1), eps: atLeastZero(1e-12) },
};
const angles: Contract<None, CosineSimilarityOptions> = {
  name: "cosineSimilarity",
  positional: {},
  options: { dim: optional(integer(), 1), eps: atLeastZero(1e-8) },
};

/** γ (x − μ) / √(variance + ε) + β over the last axes, as the layer `LayerNorm`. */
export function layerNorm(
  x: Tensor,
  normalizedShape: number | readonly number[],
  options: AffineOptions = {},
): Tensor {
  const { weight, bias, eps } = settle(perSample, {}, options);
  expectArgument(
    "layerNorm",
    "normalizedShape",
    contracts.LayerNorm.positional.normalizedShape,
    normalizedShape,
  );
  return withFields(LayerNorm, { weight, bias, eps, normalizedShape: shapeOf(normalizedShape) }).forward(x);
}

/**
 * γ (x − μ) / √(variance + ε) + β for each channel, as `BatchNorm2d` in evaluation; with `training`, by the batch's statistics,
 * and the running ones, arrays (C,), move in place.
 * @throws TypeError without running statistics unless `training`
 */
export function batchNorm(
  x: Tensor,
  runningMean: NDArray | null,
  runningVar: NDArray | null,
  options: FunctionalBatchNormOptions = {},
): Tensor {
  const { weight, bias, eps, momentum, training } = settle(perChannel, {}, options);
  expectArgument("batchNorm", "x", aTensor, x);
  expectArgument("batchNorm", "runningMean", runningStatistics, runningMean);
  expectArgument("batchNorm", "runningVar", runningStatistics, runningVar);
  if (!training && !(runningMean && runningVar))
    throw new TypeError(
      "batchNorm: Expected running_mean and running_var to be defined when training=False; pass both, or { training: true }",
    );
  const numFeatures = x.size(1);
  const filled = weight || bias ? { dtype: x.dtype } : null;
  const layer = withFields(BatchNorm, {
    weight: filled && (weight ?? new Tensor(ones([numFeatures], filled))),
    bias: filled && (bias ?? new Tensor(zeros([numFeatures], filled))),
    runningMean,
    runningVar,
    numBatchesTracked: array(0),
    numFeatures,
    eps,
    momentum,
    training,
  });
  const y = layer.forward(x);
  if (training && layer.runningMean && layer.runningVar) {
    runningMean?.copyFrom(layer.runningMean);
    runningVar?.copyFrom(layer.runningVar);
  }
  return y;
}

/**
 * Each vector along `dim` divided by its norm.
 * @example functional.normalize(tensor([[3, 4]])) // [[0.6, 0.8]]
 */
export function normalize(x: Tensor, options: NormalizeOptions = {}): Tensor {
  const { p, dim, eps } = settle(lengths, {}, options);
  expectArgument("normalize", "x", aTensor, x);
  return x.div(x.norm(p, dim, true).clamp(eps));
}
/**
 * The cosine of the angle between vectors along `dim`: a·b / (|a| |b|), with broadcasting.
 * @example functional.cosineSimilarity(tensor([[1, 0]]), tensor([[1, 1]])) // [0.7071]
 */
export function cosineSimilarity(x1: Tensor, x2: Tensor, options: CosineSimilarityOptions = {}): Tensor {
  const { dim, eps } = settle(angles, {}, options);
  expectArgument("cosineSimilarity", "x1", aTensor, x1);
  expectArgument("cosineSimilarity", "x2", aTensor, x2);
  return normalize(x1, { dim, eps }).mul(normalize(x2, { dim, eps })).sum(dim);
}
