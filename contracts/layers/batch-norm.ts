import { array, type DType, formatShape, NDArray, ones, ShapeError, zeros } from "../../np/index.ts";
import { expectCount } from "../checks/shapes.ts";

export interface BatchNormOptions {
  /** Added to the variance before the root, > 0; default 1e-5. */
  readonly eps?: number;
  /** The share of a new batch in the running statistics, 0 … 1; null: the average over all batches. Default 0.1. */
  readonly momentum?: number | null;
  /** Whether there are a weight and a bias; default true. */
  readonly affine?: boolean;
  /** Whether statistics are kept for evaluation, which else uses its own batch's; default true. */
  readonly trackRunningStats?: boolean;
  /** Of parameters and statistics; default "float64". */
  readonly dtype?: DType;
}

/** What a batch normalisation keeps of all batches for evaluation; null without `trackRunningStats`. Constants on both sides. */
export interface RunningStatistics {
  runningMean: NDArray | null; // (C,)
  runningVar: NDArray | null; // (C,)
  numBatchesTracked: NDArray | null; // ()
}

/** No batch seen: mean 0, variance 1. */
export function startStatistics(
  numFeatures: number,
  { trackRunningStats = true, dtype }: BatchNormOptions,
): RunningStatistics {
  if (!trackRunningStats) return { runningMean: null, runningVar: null, numBatchesTracked: null };
  return {
    runningMean: zeros([numFeatures], { dtype }),
    runningVar: ones([numFeatures], { dtype }),
    numBatchesTracked: array(0, { dtype: "int32" }),
  };
}

/** The running statistics in a shape that broadcasts over x; null where there are none. */
export function keptStatistics(
  { runningMean, runningVar }: RunningStatistics,
  shape: readonly number[],
): { mean: NDArray; variance: NDArray } | null {
  return (
    runningMean && runningVar && { mean: runningMean.reshape(shape), variance: runningVar.reshape(shape) }
  );
}

/** Batch statistics, of whichever side. */
type Values = NDArray | { readonly data: NDArray };

/**
 * running ← (1 − m) running + m · batch with m = momentum, or 1 / (number of batches) where that is null. The variance that is kept is
 * unbiased, that of a batch of `count` elements per channel times count / (count − 1), unlike the one that y is divided by.
 * The arrays are replaced, not changed: what holds the old ones keeps them.
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
 * What a batch normalisation of x (N, C, …) averages over, all axes but C; the shape (1, C, 1, …) of what it has per channel; and how many
 * elements a channel has.
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

/** @throws ShapeError where a batch has one element per channel or none: its variance says nothing */
export function expectSeveralPerChannel(where: string, shape: readonly number[], count: number): void {
  if (count > 1) return;
  throw new ShapeError(
    `${where}: Expected more than 1 value per channel when training, got input size ${formatShape(shape)}; take larger batches (DataLoader's dropLast: true leaves out a last batch of one), or evaluate: model.eval()`,
  );
}

/** eps and momentum with PyTorch's defaults. @throws RangeError for a value outside its range */
export function batchNormNumbers(
  where: string,
  numFeatures: number,
  { eps = 1e-5, momentum = 0.1 }: BatchNormOptions,
): { eps: number; momentum: number | null } {
  expectCount(where, "numFeatures", numFeatures);
  if (!(eps > 0 && eps < Number.POSITIVE_INFINITY))
    throw new RangeError(`${where}: eps is ${eps}; batch_norm eps must be positive during training`);
  if (momentum !== null && !(momentum >= 0 && momentum <= 1))
    throw new RangeError(
      `${where}: momentum is ${momentum}, expected 0 <= momentum <= 1, or null for the average over all batches`,
    );
  return { eps, momentum };
}
