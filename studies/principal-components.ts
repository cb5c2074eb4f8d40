import { cumsum, formatShape, linalg, maximum, type NDArray, ShapeError, sqrt } from "../np/index.ts";
import { expectArgument, ndarray } from "../np/internal.ts";

/** The directions in which data vary, the strongest first. */
export interface PrincipalComponents {
  /** (D,). */
  readonly mean: NDArray;
  /** (D, K): a direction of length 1 in each column. Directions without variance are left out. */
  readonly directions: NDArray;
  /** (K,): the share of the whole variance that the first 1, 2, … K directions hold. */
  readonly kept: NDArray;
  /** The data in the first k directions. Shapes: x (N, D) → (N, k). */
  readonly project: (x: NDArray, k: number) => NDArray;
}

/** Variance below this share of the largest is rounding. */
const rounding = 1e-12;

/**
 * The principal components of data, from the eigenvectors of their covariance.
 * Shapes: x (N, D) with at least two different rows.
 * @throws RangeError when all rows are equal; ShapeError unless x is a matrix
 * @see Jolliffe, "Principal Component Analysis", 2002, chapter 1
 * @example principalComponents(array([[0, 0], [1, 0], [2, 0]])).kept // [1]
 */
export function principalComponents(x: NDArray): PrincipalComponents {
  expectArgument("principalComponents", "x", ndarray, x);
  const [n = 0, d = 0] = x.shape;
  if (x.ndim !== 2 || x.size === 0)
    throw new ShapeError(`principalComponents: x has shape ${formatShape(x.shape)}; expected (N, D)`);
  const mean = x.mean(0);
  const centred = x.sub(mean);
  // The smaller of the two products has the same eigenvalues.
  const isWide = n < d;
  const product = isWide ? centred.matmul(centred.T) : centred.T.matmul(centred);
  const { eigenvalues, eigenvectors } = linalg.eigh(product);
  const largest = eigenvalues.max().item();
  const count = eigenvalues.flat().filter((value) => value > rounding * largest).length;
  if (!(largest > 0) || count === 0)
    throw new RangeError("principalComponents: all rows of x are equal; expected data that vary");
  const variances = maximum(eigenvalues.slice([null, null, -1]).slice([0, count]), 0);
  const vectors = eigenvectors.slice(null, [null, null, -1]).slice(null, [0, count]);
  const directions = isWide ? centred.T.matmul(vectors).div(sqrt(variances)) : vectors;
  const kept = cumsum(variances, 0).div(variances.sum());
  return {
    mean,
    directions,
    kept,
    project: (of, k) => of.sub(mean).matmul(directions.slice(null, [0, k])),
  };
}
