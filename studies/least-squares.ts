import { linalg, type NDArray } from "../np/index.ts";

/** Singular values below this share of the largest count as 0. */
const smallest = 1e-10;

/**
 * The weights w (P, C) of smallest norm with the smallest Σ (A w − b)², by A's pseudoinverse:
 * w = V · diag(1 / s) · Uᵀ · b.
 * Shapes: A (N, P), b (N, C).
 */
export function leastSquares(a: NDArray, b: NDArray): NDArray {
  const { U, S, Vh } = linalg.svd(a, { fullMatrices: false });
  const values = [...S.flat()];
  const kept = values.filter((s) => s > smallest * (values[0] ?? 0)).length;
  const coordinates = U.T.slice([0, kept]).matmul(b); // (K, C)
  return Vh.slice([0, kept]).T.matmul(coordinates.div(S.slice([0, kept]).reshape(kept, 1)));
}
