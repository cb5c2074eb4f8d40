import { array, eye } from "../creation.ts";
import { floating, promote } from "../dtype.ts";
import { NDArray } from "../ndarray.ts";
import { checkSquare, columnsOf } from "./matrix.ts";

/**
 * x with A x = b, for a square matrix A (N, N) and a vector b (N,) or columns (N, K): Gaussian
 * elimination with row exchanges. Arrays only: it has no gradient.
 * @throws RangeError if A is singular
 * @see Golub and Van Loan, "Matrix Computations", 2013, section 3.4
 * @example linalg.solve(array([[2, 1], [1, 3]]), array([5, 10])) // [1, 3]
 */
export function solve(a: NDArray, b: NDArray): NDArray {
  checkSquare("linalg.solve", a);
  return solved("linalg.solve", a, columnsOf("linalg.solve", a, b)).reshape(b.shape);
}

/**
 * The inverse of a square matrix. For A⁻¹ b, `solve(A, b)` is faster and more exact. Arrays only: it
 * has no gradient.
 * @throws RangeError if A is singular
 * @example linalg.inv(array([[2, 0], [0, 4]])) // [[0.5, 0], [0, 0.25]]
 */
export function inv(a: NDArray): NDArray {
  checkSquare("linalg.inv", a);
  return solved("linalg.inv", a, eye(a.shape[0] as number, { dtype: floating(a.dtype) }));
}

/**
 * The determinant of a square matrix, an array of one element. Arrays only: it has no gradient.
 * @example linalg.det(array([[2, 1], [1, 3]])).item() // 5
 */
export function det(a: NDArray): NDArray {
  checkSquare("linalg.det", a);
  const rows = rowsOf(a);
  const sign = eliminate(rows);
  const product = rows.reduce((all, row, i) => all * (row[i] as number), sign);
  return array(product, { dtype: floating(a.dtype) });
}

function solved(where: string, a: NDArray, columns: NDArray): NDArray {
  const [n, k] = columns.shape as [number, number];
  const right = rowsOf(columns);
  const rows = rowsOf(a).map((row, i) => Float64Array.of(...row, ...(right[i] as Float64Array)));
  eliminate(rows);
  // From the last row up: x_i = (b_i − Σ_j>i a_ij x_j) / a_ii
  for (const [i, row] of [...rows.entries()].reverse()) {
    const pivot = row[i] as number;
    if (pivot === 0)
      throw new RangeError(
        `${where}: the matrix is singular: a column is a sum of multiples of others; linalg.lstsq solves by least squares`,
      );
    for (let column = n; column < n + k; column++) {
      let rest = row[column] as number;
      for (let j = i + 1; j < n; j++) rest -= (row[j] as number) * (rows[j]?.[column] as number);
      row[column] = rest / pivot;
    }
  }
  const x = Float64Array.from(rows.flatMap((row) => [...row.subarray(n)]));
  return NDArray.from(x, [n, k]).astype(promote(floating(a.dtype), floating(columns.dtype)));
}

/** Makes everything below the diagonal 0; the sign says whether the number of row exchanges is even. */
function eliminate(rows: Float64Array[]): number {
  let sign = 1;
  for (let i = 0; i < rows.length; i++) {
    const size = (row: number): number => Math.abs(rows[row]?.[i] as number);
    let largest = i;
    for (let j = i + 1; j < rows.length; j++) if (size(j) > size(largest)) largest = j;
    const pivotRow = rows[largest] as Float64Array;
    if (largest !== i) {
      rows[largest] = rows[i] as Float64Array;
      rows[i] = pivotRow;
      sign = -sign;
    }
    const pivot = pivotRow[i] as number;
    if (pivot === 0) continue; // the whole rest of the column is 0
    for (const row of rows.slice(i + 1)) {
      const factor = (row[i] as number) / pivot;
      row[i] = 0;
      for (let j = i + 1; j < row.length; j++) row[j] = (row[j] as number) - factor * (pivotRow[j] as number);
    }
  }
  return sign;
}

function rowsOf(a: NDArray): Float64Array[] {
  const flat = Float64Array.from(a.flat());
  const [n, width] = a.shape as [number, number];
  return Array.from({ length: n }, (_, i) => flat.slice(i * width, (i + 1) * width));
}
