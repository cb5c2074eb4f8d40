/** Elements that are repeated, or moved around the end. */

import { expectArgument } from "../arguments/contract.ts";
import { describe } from "../arguments/describe.ts";
import { integer } from "../arguments/kinds.ts";
import { ShapeError } from "../errors.ts";
import { leader } from "../leader.ts";
import type { Operators } from "../operators.ts";
import { checkLengths, listOf, normalizeAxis } from "../shape.ts";
import type { Range } from "../signatures.ts";
import { take } from "./indexing.ts";
import { concatenate } from "./joining.ts";

/**
 * Each element of x `repeats` times in a row along `axis` (null: of the flattened array); a list
 * says how often for each. PyTorch's `repeatInterleave`.
 * @example repeat(array([[1, 2]]), 2, 0) // [[1, 2], [1, 2]]
 */
export function repeat<A extends Operators<A>>(
  x: A,
  repeats: number | readonly number[],
  axis: number | null = null,
): A {
  leader<A>("repeat", x);
  if (axis === null) return repeat(x.reshape(-1), repeats, 0);
  const along = normalizeAxis("repeat", axis, x.ndim);
  const n = x.shape[along] as number;
  const counts = typeof repeats === "number" ? Array<number>(n).fill(repeats) : repeats;
  checkLengths("repeat", counts);
  if (counts.length !== n)
    throw new ShapeError(`repeat: ${counts.length} numbers of repeats for an axis of length ${n}`);
  return take(
    x,
    counts.flatMap((times, i) => Array<number>(times).fill(i)),
    along,
  );
}
/**
 * x repeated `reps` times along each axis; missing axes are added in front.
 * PyTorch's `repeat`.
 * @example tile(array([1, 2]), [2, 2]) // [[1, 2, 1, 2], [1, 2, 1, 2]]
 */
export function tile<A extends Operators<A>>(x: A, reps: number | readonly number[]): A {
  leader<A>("tile", x);
  const given = typeof reps === "number" ? [reps] : reps;
  checkLengths("tile", given);
  const ndim = Math.max(x.ndim, given.length);
  const times = [...Array<number>(ndim - given.length).fill(1), ...given];
  const shape = [...Array<number>(ndim - x.ndim).fill(1), ...x.shape];
  return x
    .reshape(shape.flatMap((n) => [1, n]))
    .broadcastTo(shape.flatMap((n, axis) => [times[axis] as number, n]))
    .reshape(shape.map((n, axis) => n * (times[axis] as number)));
}
/**
 * The elements moved by `shift` places along `axis` (null: in the flattened array); those that pass
 * the end come in at the beginning. Lists of equal length move along several axes.
 * @example roll(array([1, 2, 3, 4]), 1) // [4, 1, 2, 3]
 */
export function roll<A extends Operators<A>>(
  x: A,
  shift: number | readonly number[],
  axis: number | readonly number[] | null = null,
): A {
  leader<A>("roll", x);
  const shifts = listOf("roll", "shift", shift);
  if (axis === null) return rollOne(x.reshape(-1), sumOf(shifts), 0).reshape(x.shape);
  const axes = listOf("roll", "axis", axis);
  if (shifts.length !== axes.length && typeof shift !== "number")
    throw new RangeError(
      `roll: shift is ${describe(shift)} and axis ${describe(axis)}; expected lists of equal length`,
    );
  return axes.reduce((rolled, along, i) => rollOne(rolled, shifts[i] ?? (shifts[0] as number), along), x);
}

function rollOne<A extends Operators<A>>(x: A, shift: number, axis: number): A {
  expectArgument("roll", "shift", integer(), shift);
  const along = normalizeAxis("roll", axis, x.ndim);
  const n = x.shape[along] as number;
  if (n === 0) return x;
  const start = n - (((shift % n) + n) % n);
  const part = (range: Range): A => x.slice(...x.shape.map((_, i) => (i === along ? range : null)));
  return concatenate<A>([part([start]), part([0, start])], along) as A;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}
