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

/** Logits (N, C) of ±800 and between, in every row another order: exp of them overflows, or is 0. */
export function farLogits(random: Random, N: number, C: number): NDArray {
  const logits = random.normal(0, 3, [N, C]);
  const flat = logits.flat();
  for (let row = 0; row < N; row++) {
    const at = random.permutation(C).flat();
    flat[row * C + (at[0] as number)] = 800 + random.normal(0, 1);
    flat[row * C + (at[1] as number)] = -800 + random.normal(0, 1);
    if (row % 2 === 1) flat[row * C + (at[0] as number)] = 0; // a row with −800 and no 800
  }
  return logits;
}

/** An array of numbers that are not near 0, where ReLU has its kink: (…shape), both signs. */
export function awayFromZero(random: Random, shape: readonly number[]): NDArray {
  const x = random.normal(0, 1, shape);
  return x.add(x.greater(0).astype("float64").sub(0.5).mul(0.1));
}
