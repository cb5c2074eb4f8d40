import { floating } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { take } from "../functions/indexing.ts";
import { argsort } from "../functions/sorting.ts";
import { NDArray } from "../ndarray.ts";
import { formatShape } from "../shape.ts";
import { checkMatrix } from "./matrix.ts";

/** Jacobi's method needs about ten sweeps; beyond these only rounding is left. */
const enough = 40;

/** The eigenvalues in ascending order, and the eigenvectors of length 1, as columns in the same order. */
export interface Eigen {
  readonly eigenvalues: NDArray;
  readonly eigenvectors: NDArray;
}

/**
 * The eigenvalues λ and eigenvectors v of a symmetric matrix: A v = λ v. Only the lower triangle is
 * read. Jacobi's method; a vector's sign is open, as in NumPy. Arrays only: it has no gradient.
 * @throws ShapeError unless the matrix is square
 * @see Golub and Van Loan, "Matrix Computations", 2013, section 8.5
 * @example linalg.eigh(array([[2, 1], [1, 2]])).eigenvalues // [1, 3]
 */
export function eigh(a: NDArray): Eigen {
  checkMatrix("linalg.eigh", a);
  const [n, columns] = a.shape as [number, number];
  if (n !== columns)
    throw new ShapeError(`linalg.eigh: the matrix has shape ${formatShape(a.shape)}; expected a square one`);
  const rows = a.toArray() as number[][];
  const s = Array.from({ length: n }, (_, i) =>
    Float64Array.from({ length: n }, (_, j) => rows[Math.max(i, j)]?.[Math.min(i, j)] as number),
  );
  const v = Array.from({ length: n }, (_, i) => Float64Array.from({ length: n }, (_, j) => Number(i === j)));
  const size = s.reduce((most, row) => row.reduce((high, x) => Math.max(high, Math.abs(x)), most), 0);
  for (let sweeps = 0; sweeps < enough && sweep(s, v, 1e-17 * size); sweeps++);
  const values = NDArray.from(Float64Array.from(s, (row, i) => row[i] as number)).astype(floating(a.dtype));
  // The rows of v are the eigenvectors.
  const flat = Float64Array.from(v.flatMap((row) => [...row]));
  const vectors = NDArray.from(flat, [n, n]).astype(floating(a.dtype));
  const order = argsort(values);
  return { eigenvalues: take(values, order), eigenvectors: take(vectors, order, 0).T.copy() };
}

/**
 * Turns every pair of axes so that s[p][q] becomes 0; false if all of them already are, beside the
 * matrix's largest element.
 */
function sweep(s: readonly Float64Array[], v: readonly Float64Array[], negligible: number): boolean {
  let turned = false;
  for (const [p, rowP] of s.entries())
    for (const [q, rowQ] of s.entries()) {
      const off = rowP[q] as number;
      if (q <= p || Math.abs(off) <= negligible) continue;
      turned = true;
      const [low, high] = [rowP[p] as number, rowQ[q] as number];
      const cotangent = (high - low) / (2 * off);
      const tangent = (cotangent < 0 ? -1 : 1) / (Math.abs(cotangent) + Math.hypot(cotangent, 1));
      const c = 1 / Math.hypot(tangent, 1);
      for (const row of s) turn(row, p, q, c, tangent * c);
      turnRows(s, p, q, c, tangent * c);
      turnRows(v, p, q, c, tangent * c);
      // What these four are, without what rounding left.
      rowP[p] = low - tangent * off;
      rowQ[q] = high + tangent * off;
      rowP[q] = 0;
      rowQ[p] = 0;
    }
  return turned;
}

function turn(row: Float64Array, p: number, q: number, c: number, s: number): void {
  const [x, y] = [row[p] as number, row[q] as number];
  row[p] = c * x - s * y;
  row[q] = s * x + c * y;
}

function turnRows(rows: readonly Float64Array[], p: number, q: number, c: number, s: number): void {
  const [a, b] = [rows[p] as Float64Array, rows[q] as Float64Array];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    a[i] = c * x - s * y;
    b[i] = s * x + c * y;
  }
}
