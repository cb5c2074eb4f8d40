/** Several arrays joined to one, and one cut into several. */
import { describe } from "../arguments/describe.ts";
import { ShapeError } from "../errors.ts";
import { type Applies, leader, leaderOf } from "../leader.ts";
import type { NDArray } from "../ndarray.ts";
import type { Operators } from "../operators.ts";
import { checkNumbers, formatShape, normalizeAxis } from "../shape.ts";
import type { Range } from "../signatures.ts";

/** The type that a list of mixed kinds joins to: tensors if there is one, else arrays. */
export type Joined<A> = [Exclude<A, NDArray>] extends [never] ? A : Exclude<A, NDArray>;
/**
 * Joins arrays along an existing axis (default 0).
 * @example concatenate([array([1, 2]), array([3])]) // [1, 2, 3]
 */
export function concatenate<A extends Applies<A>>(xs: readonly A[], axis: number = 0): Joined<A> {
  return leaderOf<A>("concatenate", xs).apply("concatenate", xs, axis) as Joined<A>;
}
/**
 * Joins arrays of one shape along a new axis (default 0).
 * @example stack([array([1, 2]), array([3, 4])]) // [[1, 2], [3, 4]]
 */
export function stack<A extends Applies<A>>(xs: readonly A[], axis: number = 0): Joined<A> {
  return leaderOf<A>("stack", xs).apply("stack", xs, axis) as Joined<A>;
}
/**
 * Joins arrays along the first axis, as rows below each other; a vector is one row.
 * @example vstack([array([1, 2]), array([3, 4])]) // [[1, 2], [3, 4]]
 */
export function vstack<A extends Operators<A>>(xs: readonly A[]): Joined<A> {
  leaderOf<A>("vstack", xs);
  return concatenate<A>(xs.map((x) => (x.ndim < 2 ? x.reshape(1, -1) : x)));
}
/**
 * Joins arrays along the second axis, side by side; vectors one after the other.
 * @example hstack([array([[1], [2]]), array([[3], [4]])]) // [[1, 3], [2, 4]]
 */
export function hstack<A extends Operators<A>>(xs: readonly A[]): Joined<A> {
  leaderOf<A>("hstack", xs);
  const all = xs.map((x) => (x.ndim === 0 ? x.reshape(1) : x));
  return concatenate<A>(all, (all[0] as A).ndim === 1 ? 0 : 1);
}
/**
 * Joins vectors as the columns of a matrix; a matrix keeps its columns.
 * @example columnStack([array([1, 2]), array([3, 4])]) // [[1, 3], [2, 4]]
 */
export function columnStack<A extends Operators<A>>(xs: readonly A[]): Joined<A> {
  leaderOf<A>("columnStack", xs);
  return concatenate<A>(
    xs.map((x) => (x.ndim < 2 ? x.reshape(-1, 1) : x)),
    1,
  );
}
/**
 * Cuts an array along `axis` (default 0): into a number of equal parts, or before each of the
 * indices. The parts are views.
 * @throws ShapeError if the axis cannot be cut into that many equal parts
 * @example split(array([1, 2, 3, 4]), 2)[1] // [3, 4]
 */
export function split<A extends Operators<A>>(
  x: A,
  sections: number | readonly number[],
  axis: number = 0,
): A[] {
  leader<A>("split", x);
  const along = normalizeAxis("split", axis, x.ndim);
  const n = x.shape[along] as number;
  const cuts = typeof sections === "number" ? equalCuts(sections, n, along, x.shape) : sections;
  checkNumbers("split", "the indices", cuts);
  return [0, ...cuts].map((start, i) =>
    x.slice(...x.shape.map((_, a): Range => (a === along ? [start, cuts[i] ?? n] : null))),
  );
}

function equalCuts(sections: number, n: number, axis: number, shape: readonly number[]): number[] {
  if (!Number.isInteger(sections) || sections < 1)
    throw new RangeError(
      `split: ${describe(sections)} parts; expected a whole number >= 1, or a list of indices`,
    );
  if (n % sections !== 0)
    throw new ShapeError(
      `split: axis ${axis} of shape ${formatShape(shape)} has length ${n}, which is not a multiple of ${sections}; a list of indices cuts anywhere`,
    );
  return Array.from({ length: sections - 1 }, (_, i) => ((i + 1) * n) / sections);
}
