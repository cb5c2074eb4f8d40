import { type NDArray, sameShape } from "../../np/index.ts";
import { close, largest, slices } from "./closeness.ts";
import type { Look } from "./look.ts";

/**
 * Recognises expected's slices along an axis, or just its numbers, in another order; returns
 * what it looks like, or null.
 */
export function permutation(
  d: string,
  found: NDArray,
  expected: NDArray,
  tolerance: number,
): Omit<Look, "cause"> | null {
  if (!sameShape(found.shape, expected.shape)) return null;
  const [f, e] = [largest(found.flat()), largest(expected.flat())];
  if (Math.abs(f - e) > tolerance * e) return null; // avoids sorting large arrays
  if (!close(sorted(found), sorted(expected), tolerance)) return null;
  for (let axis = 0; axis < found.ndim; axis++) {
    const order = reordering(slices(found, axis), slices(expected, axis), tolerance);
    if (order)
      return {
        what: `${d} has the right ${elementName(axis, found.ndim)} in another order: ${orderText(order)}`,
        cure: "does an index or a shuffle mix them up?",
      };
  }
  return {
    what: `${d} has the right numbers in another order`,
    cure: "look at reshape, transpose and indices",
  };
}

function sorted(x: NDArray): Float64Array {
  return Float64Array.from(x.flat()).sort();
}

/**
 * The index in expected of each slice of found, each used once; null if some slice matches none.
 */
function reordering(
  found: readonly ArrayLike<number>[],
  expected: readonly ArrayLike<number>[],
  tolerance: number,
): number[] | null {
  const free = new Set(expected.keys());
  const order: number[] = [];
  for (const slice of found) {
    const at = [...free].find((i) => close(slice, expected[i] as ArrayLike<number>, tolerance));
    if (at === undefined) return null;
    free.delete(at);
    order.push(at);
  }
  return order;
}

function elementName(axis: number, ndim: number): string {
  if (ndim === 1) return "elements";
  return axis === 0 ? "rows" : axis === 1 && ndim === 2 ? "columns" : `slices along axis ${axis}`;
}

function orderText(order: readonly number[]): string {
  const n = order.length;
  if (order.every((at, i) => at === n - 1 - i)) return "reversed";
  const shift = order[0] as number;
  if (order.every((at, i) => at === (i + shift) % n)) return `shifted by ${shift}`;
  const i = order.findIndex((at, place) => at !== place);
  return `position ${i} holds what belongs at ${order[i]}`;
}
