import { floating } from "../dtype.ts";
import { take } from "../functions/indexing.ts";
import { argsort } from "../functions/sorting.ts";
import { NDArray } from "../ndarray.ts";
import { checkSquare } from "./matrix.ts";
import { tridiagonal } from "./tridiagonal.ts";

/** An eigenvalue needs two or three steps; beyond these only rounding is left. */
const enough = 60;

/** The eigenvalues in ascending order, and the eigenvectors of length 1, as columns in the same order. */
export interface Eigen {
  readonly eigenvalues: NDArray;
  readonly eigenvectors: NDArray;
}

/**
 * The eigenvalues λ and eigenvectors v of a symmetric matrix: A v = λ v. Only the lower triangle is
 * read. A vector's sign is open, as in NumPy. Arrays only: it has no gradient.
 * @throws ShapeError unless the matrix is square
 * @see Golub and Van Loan, "Matrix Computations", 2013, section 8.3
 * @example linalg.eigh(array([[2, 1], [1, 2]])).eigenvalues // [1, 3]
 */
export function eigh(a: NDArray): Eigen {
  checkSquare("linalg.eigh", a);
  const [n] = a.shape as [number];
  const rows = a.toArray() as number[][];
  const s = Array.from({ length: n }, (_, i) =>
    Float64Array.from({ length: n }, (_, j) => rows[Math.max(i, j)]?.[Math.min(i, j)] as number),
  );
  const size = s.reduce((most, row) => row.reduce((high, x) => Math.max(high, Math.abs(x)), most), 0);
  if (size > 0) for (const row of s) for (const [j, x] of row.entries()) row[j] = x / size; // its squares are in range
  const { diagonal, offDiagonal, q } = tridiagonal(s);
  diagonalise(diagonal, offDiagonal, q);
  const values = NDArray.from(diagonal).mul(size).astype(floating(a.dtype));
  // The rows of q are the eigenvectors.
  const vectors = NDArray.from(Float64Array.from(q.flatMap((row) => [...row])), [n, n]).astype(
    floating(a.dtype),
  );
  const order = argsort(values);
  return { eigenvalues: take(values, order), eigenvectors: take(vectors, order, 0).T.copy() };
}

/**
 * Makes `offDiagonal` 0 by rotations of neighbouring rows and columns, and q's rows eigenvectors: the QL
 * algorithm with implicit shifts.
 * @see Dubrulle, Martin and Wilkinson, "The implicit QL algorithm", Numerische Mathematik 12, 1968
 */
function diagonalise(d: Float64Array, e: Float64Array, q: readonly Float64Array[]): void {
  for (let first = 0; first < d.length; first++)
    for (let step = 0; step < enough; step++) {
      const last = blockEnd(d, e, first);
      if (last === first) break;
      const [d0, d1, e0] = [d[first] as number, d[first + 1] as number, e[first] as number];
      const ratio = (d1 - d0) / (2 * e0);
      const shift = d0 - e0 / (ratio + (ratio < 0 ? -1 : 1) * Math.hypot(ratio, 1));
      let [g, s, c, p] = [(d[last] as number) - shift, 1, 1, 0];
      for (let i = last - 1; i >= first; i--) {
        const [f, b] = [s * (e[i] as number), c * (e[i] as number)];
        const r = Math.hypot(f, g);
        e[i + 1] = r;
        [s, c] = r === 0 ? [0, 1] : [f / r, g / r];
        const above = (d[i + 1] as number) - p;
        const across = ((d[i] as number) - above) * s + 2 * c * b;
        p = s * across;
        d[i + 1] = above + p;
        g = c * across - b;
        rotate(q[i] as Float64Array, q[i + 1] as Float64Array, c, s);
      }
      d[first] = (d[first] as number) - p;
      e[first] = g;
      e[last] = 0;
    }
}

/** The end of the block that begins at `first`: behind it `offDiagonal` is 0, to rounding. */
function blockEnd(d: Float64Array, e: Float64Array, first: number): number {
  let i = first;
  while (i < d.length - 1) {
    const size = Math.abs(d[i] as number) + Math.abs(d[i + 1] as number);
    if (Math.abs(e[i] as number) <= (Number.EPSILON / 2) * size) break;
    i++;
  }
  return i;
}

function rotate(a: Float64Array, b: Float64Array, c: number, s: number): void {
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    a[i] = c * x - s * y;
    b[i] = s * x + c * y;
  }
}
