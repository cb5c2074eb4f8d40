/** Triangles and diagonals of matrices. */
import { expectArgument } from "../arguments/contract.ts";
import { integer } from "../arguments/kinds.ts";
import { ShapeError } from "../errors.ts";
import { type Applies, leader } from "../leader.ts";
import type { Operators } from "../operators.ts";
import { formatShape, normalizeAxis } from "../shape.ts";
import type { Range } from "../signatures.ts";
import { moveaxis } from "./movement.ts";

/**
 * The lower triangle of a matrix, or of each of several (…, N, M); 0 above diagonal `k`. Diagonal 0
 * is the main one, 1 lies above it.
 * @example tril(ones([2, 3])) // [[1, 0, 0], [1, 1, 0]]
 */
export function tril<A extends Applies<A>>(x: A, k: number = 0): A {
  return leader<A>("tril", x).apply("tril", x, k);
}
/**
 * The upper triangle of a matrix, or of each of several (…, N, M); 0 below diagonal `k`.
 * @example triu(ones([2, 3])) // [[1, 1, 1], [0, 1, 1]]
 */
export function triu<A extends Applies<A>>(x: A, k: number = 0): A {
  return leader<A>("triu", x).apply("triu", x, k);
}
/**
 * The elements x[…, i, …, i + offset, …] of two axes (default: the first two), as a new last axis.
 * @example diagonal(array([[1, 2], [3, 4]])) // [1, 4]
 */
export function diagonal<A extends Operators<A>>(
  x: A,
  offset: number = 0,
  axis1: number = 0,
  axis2: number = 1,
): A {
  leader<A>("diagonal", x);
  expectArgument("diagonal", "offset", integer(), offset);
  if (x.ndim < 2)
    throw new ShapeError(`diagonal: x has shape ${formatShape(x.shape)}; expected two axes or more`);
  const axes = [axis1, axis2].map((axis) => normalizeAxis("diagonal", axis, x.ndim));
  if (axes[0] === axes[1]) throw new RangeError(`diagonal: axis1 and axis2 are both ${axes[0]}`);
  const matrices = moveaxis(x, axes, [-2, -1]);
  const [rows, columns] = matrices.shape.slice(-2) as [number, number];
  const lead = matrices.shape.slice(0, -2);
  const start = offset >= 0 ? offset : -offset * columns;
  const count = offset >= 0 ? Math.min(rows, columns - offset) : Math.min(rows + offset, columns);
  const range: Range = count > 0 ? [start, start + (count - 1) * (columns + 1) + 1, columns + 1] : [0, 0];
  return matrices.reshape([...lead, rows * columns]).slice(...lead.map(() => null), range);
}
/**
 * The diagonal `k` of a matrix; of a vector, the matrix that has it on its diagonal `k`, and 0
 * elsewhere.
 * @example diag(array([1, 2])) // [[1, 0], [0, 2]]
 */
export function diag<A extends Operators<A>>(x: A, k: number = 0): A {
  const array = leader<A>("diag", x);
  expectArgument("diag", "k", integer(), k);
  if (x.ndim === 2) return diagonal(x, k);
  if (x.ndim !== 1)
    throw new ShapeError(`diag: x has shape ${formatShape(x.shape)}; expected a vector or a matrix`);
  const length = x.shape[0] as number;
  const n = length + Math.abs(k);
  const start = k >= 0 ? k : -k * n;
  const range: Range = length > 0 ? [start, start + (length - 1) * (n + 1) + 1, n + 1] : [0, 0];
  return array.apply("unslice", x, [range], [n * n]).reshape(n, n);
}
/**
 * Σ of a diagonal: Σᵢ x[i, i + offset] of the two axes (default: the first two).
 * @example trace(array([[1, 2], [3, 4]])) // 5
 */
export function trace<A extends Operators<A>>(
  x: A,
  offset: number = 0,
  axis1: number = 0,
  axis2: number = 1,
): A {
  leader<A>("trace", x);
  return diagonal(x, offset, axis1, axis2).sum(-1);
}
