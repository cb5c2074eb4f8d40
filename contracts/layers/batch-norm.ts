import { array, type DType, formatShape, NDArray, ones, ShapeError, zeros } from "../../np/index.ts";
import {
  type Contract,
  count,
  flag,
  floatType,
  type None,
  number,
  optional,
  orNull,
  type Settled,
} from "../../np/internal.ts";

export interface BatchNormOptions {
  /** Added to the variance before the root, > 0; default 1e-5. */
  readonly eps?: number;
  /**
   * The weight of a new batch in the running statistics, 0 … 1; null averages over all batches.
   * Default 0.1.
   */
  readonly momentum?: number | null;
  /** Whether there are a weight and a bias; default true. */
  readonly affine?: boolean;
  /**
   * Whether statistics are kept for evaluation, which otherwise uses those of its own batch;
   * default true.
   */
  readonly trackRunningStats?: boolean;
  /** The dtype of parameters and statistics; default "float64". */
  readonly dtype?: DType;
}

/** The contract of a batch normalisation of this name; students' own subclasses share it. */
export function batchNorm(name: string): Contract<{ numFeatures: number }, BatchNormOptions> {
  return {
    name,
    positional: { numFeatures: count() },
    options: {
      eps: optional(number({ above: 0 }, ": batch_norm eps must be positive during training"), 1e-5),
      momentum: optional(orNull(number({ least: 0, most: 1 }), "the average over all batches"), 0.1),
      affine: flag(true),
      trackRunningStats: flag(true),
      dtype: floatType(),
    },
  };
}

export const BatchNorm1d: Contract<{ numFeatures: number }, BatchNormOptions> = batchNorm("BatchNorm1d");
export const BatchNorm2d: Contract<{ numFeatures: number }, BatchNormOptions> = batchNorm("BatchNorm2d");

/**
 * The statistics over all batches that a batch normalisation keeps for evaluation;
 * null without `trackRunningStats`. Constants on both sides.
 */
export interface RunningStatistics {
  runningMean: NDArray | null; // (C,)
  runningVar: NDArray | null; // (C,)
  numBatchesTracked: NDArray | null; // ()
}

/** The statistics before the first batch: mean 0, variance 1. */
export function startStatistics(
  numFeatures: number,
  { trackRunningStats, dtype }: Settled<None, BatchNormOptions>,
): RunningStatistics {
  if (!trackRunningStats) return { runningMean: null, runningVar: null, numBatchesTracked: null };
  return {
    runningMean: zeros([numFeatures], { dtype }),
    runningVar: ones([numFeatures], { dtype }),
    numBatchesTracked: array(0, { dtype: "int32" }),
  };
}

/** The running statistics in a shape that broadcasts over x; null if there are none. */
export function keptStatistics(
  { runningMean, runningVar }: RunningStatistics,
  shape: readonly number[],
): { mean: NDArray; variance: NDArray } | null {
  return (
    runningMean && runningVar && { mean: runningMean.reshape(shape), variance: runningVar.reshape(shape) }
  );
}

/** Batch statistics of either side. */
type Values = NDArray | { readonly data: NDArray };

/**
 * running ← (1 − m) running + m · batch with m = momentum, or 1 / (number of batches) if that
 * is null. The running variance is unbiased: the batch variance times count / (count − 1),
 * with `count` elements per channel; y uses the biased one. The arrays are replaced,
 * not changed in place, so holders of the old arrays are not affected.
 */
export function trackStatistics(
  layer: RunningStatistics & { readonly momentum: number | null },
  mean: Values,
  variance: Values,
  count: number,
): void {
  const { runningMean, runningVar, numBatchesTracked, momentum } = layer;
  if (!runningMean || !runningVar || !numBatchesTracked) return;
  const seen = numBatchesTracked.add(1);
  const m = momentum ?? 1 / seen.item();
  const moved = (running: NDArray, batch: Values, factor: number): NDArray => {
    const values = (batch instanceof NDArray ? batch : batch.data).reshape(running.shape);
    return running.mul(1 - m).add(values.mul(factor * m).astype(running.dtype));
  };
  layer.runningMean = moved(runningMean, mean, 1);
  layer.runningVar = moved(runningVar, variance, count / (count - 1));
  layer.numBatchesTracked = seen;
}

/**
 * For x (N, C, …): the axes that a batch normalisation averages over, all but C; the shape
 * (1, C, 1, …) of arrays with one number per channel; and the number of elements in a channel.
 */
export function channelsOf(shape: readonly number[]): {
  axes: number[];
  perChannel: number[];
  count: number;
} {
  const axes = shape.map((_, axis) => axis).filter((axis) => axis !== 1);
  return {
    axes,
    perChannel: shape.map((n, axis) => (axis === 1 ? n : 1)),
    count: axes.reduce((count, axis) => count * (shape[axis] as number), 1),
  };
}

/**
 * @throws ShapeError if a batch has one element per channel or none,
 * since its variance means nothing
 */
export function expectSeveralPerChannel(where: string, shape: readonly number[], count: number): void {
  if (count > 1) return;
  throw new ShapeError(
    `${where}: Expected more than 1 value per channel when training, got input size ${formatShape(shape)}; use larger batches (DataLoader's dropLast: true leaves out a last batch of one), or evaluate: model.eval()`,
  );
}
