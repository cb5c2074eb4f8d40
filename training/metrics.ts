import { formatShape, type NDArray, ShapeError, sameShape } from "../np/index.ts";
import { expectArgument, ndarray } from "../np/internal.ts";

/**
 * The fraction of rows whose largest score is at the target class. With a single score per row, its
 * sign gives the class (logit > 0 means class 1). A row with NaN has no largest score, so it counts
 * as wrong.
 * Shapes: scores (N, C) or (N, 1), target (N,) or (N, 1) → a number in 0 … 1.
 */
export function accuracy(scores: NDArray, target: NDArray): number {
  expectArgument("accuracy", "scores", ndarray, scores);
  expectArgument("accuracy", "target", ndarray, target);
  const predicted = predictions(scores);
  const truth = target.reshape(-1);
  if (!sameShape(predicted.shape, truth.shape)) {
    throw new ShapeError(`accuracy: ${predicted.size} rows of scores, but ${truth.size} targets`);
  }
  const hasNaN = scores.notEqual(scores).max(1);
  return predicted.equal(truth).mul(hasNaN.equal(0)).mean().item();
}

/**
 * The predicted class of each row, int32 (N,): the index of the largest of C scores, or whether a
 * single logit is above 0.
 */
export function predictions(scores: NDArray): NDArray {
  expectArgument("predictions", "scores", ndarray, scores);
  if (scores.ndim < 2)
    throw new ShapeError(
      `predictions: scores have shape ${formatShape(scores.shape)}, expected (N, C) or (N, 1)`,
    );
  return scores.shape[1] === 1 ? scores.reshape(-1).greater(0).astype("int32") : scores.argmax(1);
}

/** @throws RangeError when an epoch had no batches, so that its average loss would be 0 / 0 */
export function expectBatches(steps: number, epoch: number): void {
  if (steps > 0) return;
  throw new RangeError(
    `train: no batch in epoch ${epoch}; pass a DataLoader, which starts over every epoch (a generator is used up after one)`,
  );
}
