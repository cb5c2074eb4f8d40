import { expectArgument } from "../arguments/contract.ts";
import { anyNumber } from "../arguments/object-kinds.ts";
import { zeros } from "../creation.ts";
import { floating, promote } from "../dtype.ts";
import { where } from "../functions/elementwise.ts";
import type { NDArray } from "../ndarray.ts";
import { checkMatrix, columnsOf } from "./matrix.ts";
import { svd } from "./svd.ts";

/** What NumPy's lstsq returns, by its names. */
export interface LeastSquares {
  /** (N,) or (N, K), as b. */
  readonly x: NDArray;
  /** Σ (A x − b)² for each column of b; empty where A has fewer than N independent columns, or no more than N rows. */
  readonly residuals: NDArray;
  readonly rank: number;
  /** The singular values of A, descending. */
  readonly s: NDArray;
}

/**
 * x for which ‖A x − b‖ is smallest, for A (M, N) and b (M,) or (M, K); among several, the shortest x.
 * Singular values up to `rcond` times the largest count as 0; null is the dtype's precision times the
 * larger of M and N. Arrays only: it has no gradient.
 * @see Golub and Van Loan, "Matrix Computations", 2013, section 5.5
 * @example linalg.lstsq(array([[0, 1], [1, 1], [2, 1]]), array([-1, 1, 3])).x // [2, -1]
 */
export function lstsq(a: NDArray, b: NDArray, rcond: number | null = null): LeastSquares {
  checkMatrix("linalg.lstsq", a);
  const columns = columnsOf("linalg.lstsq", a, b).astype("float64");
  if (rcond !== null) expectArgument("linalg.lstsq", "rcond", anyNumber, rcond);
  const [m, n] = a.shape as [number, number];
  const dtype = promote(floating(a.dtype), floating(b.dtype));
  const precision = dtype === "float32" ? 2 ** -23 : Number.EPSILON;
  const matrix = a.astype("float64");
  const { U, S, Vh } = svd(matrix, { fullMatrices: false });
  const kept = S.greater((rcond ?? precision * Math.max(m, n)) * (S.flat()[0] ?? 0));
  const rank = kept.sum().item();
  // x = V · diag(1 / S) · Uᵀ b
  const inverse = where(kept, where(kept, S, 1).pow(-1), 0).reshape(-1, 1);
  const x = Vh.T.matmul(U.T.matmul(columns).mul(inverse));
  const residuals = rank === n && m > n ? matrix.matmul(x).sub(columns).pow(2).sum(0) : zeros(0);
  return {
    x: x.reshape(b.ndim === 1 ? [n] : x.shape).astype(dtype),
    residuals: residuals.astype(dtype),
    rank,
    s: S.astype(dtype),
  };
}
