/** Several arrays joined to one. */
import { type Applies, leaderOf } from "../leader.ts";
import type { NDArray } from "../ndarray.ts";

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
