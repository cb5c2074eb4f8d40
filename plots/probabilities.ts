import { formatShape, type NDArray, ShapeError, sigmoid, softmax } from "../np/index.ts";
import { rowsOf, valuesOf } from "./numbers.ts";
import { expectLogits } from "./predicted-classes.ts";

/** What a model gives: scores of any size, or shares that sum to 1. */
export type Output = "logits" | "probabilities";

/**
 * The probability of each class in each row of a model's output. If `output` is not known,
 * rows that sum to 1 are probabilities, and other numbers are logits.
 * Shapes: scores (N, C), (N, 1) or (N,) → N rows of C probabilities, of two classes for one score.
 * @throws RangeError for single scores that may be either
 */
export function classProbabilities(where: string, scores: NDArray, output: Output | undefined): number[][] {
  const [rows = 0, columns = 1] = scores.shape;
  if (scores.ndim === 0 || scores.ndim > 2) {
    throw new ShapeError(
      `${where}: the model returns shape ${formatShape(scores.shape)}, expected (N, C) for C classes, or (N, 1) for two`,
    );
  }
  const isPair = scores.ndim === 1 || columns === 1;
  if (isPair) {
    if (output === undefined)
      expectLogits(
        where,
        "the model's output",
        valuesOf(scores),
        'add { output: "logits" } or { output: "probabilities" }',
      );
    const p = valuesOf(output === "probabilities" ? scores : sigmoid(scores.reshape(rows)));
    return p.map((share) => [1 - share, share]);
  }
  const isShare = output === "probabilities" || (output === undefined && rowsOf(scores).every(sumsToOne));
  return rowsOf(isShare ? scores : softmax(scores, 1));
}

function sumsToOne(row: readonly number[]): boolean {
  const sum = row.reduce((total, share) => total + share, 0);
  return row.every((share) => share >= 0) && Math.abs(sum - 1) < 1e-5;
}
