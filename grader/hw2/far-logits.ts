import type { NDArray, Random } from "../../np/index.ts";

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
