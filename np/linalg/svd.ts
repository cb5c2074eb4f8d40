import { type Contract, type None, settleOptions } from "../arguments/contract.ts";
import { flag } from "../arguments/kinds.ts";
import { floating } from "../dtype.ts";
import { NDArray } from "../ndarray.ts";
import { checkMatrix } from "./matrix.ts";

export interface SvdOptions {
  /** Whether U and Vh are square; default true as in NumPy, but only false is possible here. */
  readonly fullMatrices?: boolean;
}

/** A = U · diag(S) · Vh, with the singular values S in descending order. */
export interface Svd {
  readonly U: NDArray;
  readonly S: NDArray;
  readonly Vh: NDArray;
}

const contract: Contract<None, SvdOptions> = {
  name: "linalg.svd",
  positional: {},
  options: { fullMatrices: flag(true) },
};

/**
 * The singular values of a matrix (M, N), and its singular vectors: A = U · diag(S) · Vh, with
 * U (M, K), S (K,) and Vh (K, N), K the smaller of M and N. Hestenes' method; the signs of the
 * vectors are open, as in NumPy. Arrays only: it has no gradient.
 * @throws RangeError without `{ fullMatrices: false }`
 * @see Golub and Van Loan, "Matrix Computations", 2013, section 8.6.3
 * @example linalg.svd(array([[3, 0], [0, 4]]), { fullMatrices: false }).S // [4, 3]
 */
export function svd(a: NDArray, options: SvdOptions = {}): Svd {
  const { fullMatrices } = settleOptions("linalg.svd", contract, options);
  checkMatrix("linalg.svd", a);
  if (fullMatrices)
    throw new RangeError(
      "linalg.svd: square U and Vh are not here; write linalg.svd(a, { fullMatrices: false }), whose S is the same",
    );
  const [m, n] = a.shape as [number, number];
  const dtype = floating(a.dtype);
  const { vectors, lengths, turns } = orthogonal((m >= n ? a.T : a).toArray() as number[][]);
  const [left, right] = [matrix(vectors, Math.max(m, n)), matrix(turns, Math.min(m, n))];
  const S = NDArray.from(Float64Array.from(lengths)).astype(dtype);
  const [U, Vh] = m >= n ? [left.T.copy(), right] : [right.T.copy(), left];
  return { U: U.astype(dtype), S, Vh: Vh.astype(dtype) };
}

function matrix(rows: readonly Float64Array[], length: number): NDArray {
  return NDArray.from(Float64Array.from(rows.flatMap((row) => [...row])), [rows.length, length]);
}

/** Hestenes' method needs about ten sweeps; beyond these only rounding is left. */
const enough = 40;

interface Orthogonal {
  /** Of length 1, orthogonal to each other. */
  readonly vectors: readonly Float64Array[];
  /** Descending. */
  readonly lengths: readonly number[];
  /** Row i: how vector i times its length is made of the given rows. */
  readonly turns: readonly Float64Array[];
}

/** Turns the rows into each other until they are orthogonal. */
function orthogonal(given: readonly (readonly number[])[]): Orthogonal {
  const rows = given.map((row, i) => ({
    x: Float64Array.from(row),
    turns: Float64Array.from(given, (_, j) => Number(i === j)),
  }));
  let turned = true;
  for (let sweeps = 0; turned && sweeps < enough; sweeps++) {
    turned = false;
    for (const [i, a] of rows.entries())
      for (const b of rows.slice(i + 1)) turned = makeOrthogonal(a, b) || turned;
  }
  const sorted = rows
    .map(({ x, turns }) => ({ x, turns, length: Math.sqrt(dot(x, x)) }))
    .sort((a, b) => b.length - a.length);
  const vectors: Float64Array[] = [];
  const negligible = 1e-15 * (sorted[0]?.length ?? 0);
  for (const { x, length } of sorted)
    vectors.push(length > negligible ? x.map((value) => value / length) : another(vectors, x.length));
  return { vectors, lengths: sorted.map(({ length }) => length), turns: sorted.map(({ turns }) => turns) };
}

interface Row {
  readonly x: Float64Array;
  readonly turns: Float64Array;
}

/** False if they are orthogonal already, to rounding. */
function makeOrthogonal(a: Row, b: Row): boolean {
  const [aa, bb, ab] = [dot(a.x, a.x), dot(b.x, b.x), dot(a.x, b.x)];
  const rounding = Number.EPSILON * Math.max(8, a.x.length);
  if (!(Math.abs(ab) > rounding * Math.sqrt(aa * bb))) return false;
  const cotangent = (bb - aa) / (2 * ab);
  const t = (cotangent < 0 ? -1 : 1) / (Math.abs(cotangent) + Math.hypot(cotangent, 1));
  const c = 1 / Math.hypot(t, 1);
  for (const [p, q] of [[a.x, b.x], [a.turns, b.turns]] as const) // biome-ignore format: pairs
    for (let i = 0; i < p.length; i++) {
      const [x, y] = [p[i] as number, q[i] as number];
      p[i] = c * x - t * c * y;
      q[i] = t * c * x + c * y;
    }
  return true;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** A vector of length 1, orthogonal to the others: for a singular value 0. */
function another(others: readonly Float64Array[], length: number): Float64Array {
  let best = new Float64Array(length);
  for (let axis = 0; axis < length && dot(best, best) < 0.5; axis++) {
    const candidate = Float64Array.from({ length }, (_, i) => Number(i === axis));
    for (const _ of [1, 2]) // twice, since one pass leaves what rounding left
      for (const other of others) {
        const share = dot(candidate, other);
        for (let i = 0; i < length; i++)
          candidate[i] = (candidate[i] as number) - share * (other[i] as number);
      }
    if (dot(candidate, candidate) > dot(best, best)) best = candidate;
  }
  const size = Math.sqrt(dot(best, best));
  return best.map((value) => value / size);
}
