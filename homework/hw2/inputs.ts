import type { NDArray, Random } from "../../np/index.ts";

/** Logits of moderate size and class indices. */
export interface LogitsAndTarget {
  /** (N, C) */
  readonly logits: NDArray;
  /** (N,), whole numbers below C */
  readonly target: NDArray;
}

/** Draws logits (N, C), and targets (N,) that are not all the same class. */
export function logitsAndTarget(random: Random, N: number, C: number): LogitsAndTarget {
  const logits = random.normal(0, 2, [N, C]);
  const first = random.integer(0, C - 1);
  const target = random.integers(0, C, [N]);
  target.flat()[0] = first;
  if (N > 1) target.flat()[1] = (first + 1) % C;
  return { logits, target };
}

/** An array of numbers that are not near 0, where ReLU has its kink: (…shape), both signs. */
export function awayFromZero(random: Random, shape: readonly number[]): NDArray {
  const x = random.normal(0, 1, shape);
  return x.add(x.greater(0).astype("float64").sub(0.5).mul(0.1));
}
