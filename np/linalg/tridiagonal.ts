/** A symmetric matrix A = Qᵀ T Q: T has `diagonal`, and `offDiagonal` above and below it; everything else is 0. */
export interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** offDiagonal[i] stands at (i, i + 1) and (i + 1, i); the last is 0. */
  readonly offDiagonal: Float64Array;
  /** The rows of Q. */
  readonly q: readonly Float64Array[];
}

/**
 * Householder's reflections H = 1 − 2 v vᵀ from both sides, one for each column, which make
 * everything below the diagonal's neighbour 0. Overwrites the rows of A.
 * @see Golub and Van Loan, "Matrix Computations", 2013, section 8.3.1
 */
export function tridiagonal(a: readonly Float64Array[]): Tridiagonal {
  const n = a.length;
  const q = a.map((_, i) => Float64Array.from({ length: n }, (_, j) => Number(i === j)));
  for (let column = 0; column < n - 2; column++) {
    const v = reflector(a, column);
    if (v === null) continue;
    // H A H = A − 2 v wᵀ − 2 w vᵀ, where w = A v − (vᵀ A v) v
    const w = Float64Array.from(a, (row) => dot(row, v));
    addScaled(w, -dot(v, w), v);
    for (const [i, row] of a.entries()) {
      addScaled(row, -2 * (v[i] as number), w);
      addScaled(row, -2 * (w[i] as number), v);
    }
    // H Q = Q − 2 v (vᵀ Q)
    const share = new Float64Array(n);
    for (const [i, row] of q.entries()) addScaled(share, v[i] as number, row);
    for (const [i, row] of q.entries()) addScaled(row, -2 * (v[i] as number), share);
  }
  const diagonal = Float64Array.from(a, (row, i) => row[i] as number);
  return { diagonal, offDiagonal: Float64Array.from(a, (row, i) => row[i + 1] ?? 0), q };
}

/** The unit vector v whose reflection leaves one element of a column below the diagonal; null if that is so already. */
function reflector(a: readonly Float64Array[], column: number): Float64Array | null {
  const v = Float64Array.from(a, (row, i) => (i > column ? (row[column] as number) : 0));
  const first = v[column + 1] as number;
  const length = Math.sqrt(dot(v, v));
  if (length === Math.abs(first)) return null;
  v[column + 1] = first + (first < 0 ? -length : length);
  const size = Math.sqrt(dot(v, v));
  return v.map((x) => x / size);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function addScaled(x: Float64Array, scale: number, y: Float64Array): void {
  if (scale === 0) return;
  for (let i = 0; i < x.length; i++) x[i] = (x[i] as number) + scale * (y[i] as number);
}
