import type { NDArray } from "../np/index.ts";

/** The share of logits whose sign is that of the target, 1 or 0. Shapes: both (N, 1). */
export function signAccuracy(logits: NDArray, targets: NDArray): number {
  const [z, t] = [logits.flat(), targets.flat()];
  let right = 0;
  for (let i = 0; i < z.length; i++) if ((z[i] ?? 0) > 0 === (t[i] === 1)) right++;
  return right / z.length;
}
