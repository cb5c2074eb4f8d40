import type { NDArray, Random } from "chalk-and-tape/np";

/** Signed and random, in the dtype of what it is the gradient of. */
export function upstreamOf(
  y: { readonly shape: readonly number[]; readonly dtype: "float64" | "float32" | string },
  rng: Random,
): NDArray {
  return rng.normal(0, 1, y.shape).astype(y.dtype === "float32" ? "float32" : "float64");
}

/** Σ a ⊙ b. */
export function dot(a: NDArray, b: NDArray): number {
  return a.mul(b).sum().item();
}
