import type { PaddingMode, Pair, Window } from "chalk-and-tape/np";
import { at, indicesOf, type Plain, tabulate } from "./plain.ts";

/** Positions, by trying them one after the other. */
export function positions({ window, size }: { window: Window; size: Pair }): Pair {
  const along = (axis: 0 | 1): number => {
    const [before, after] = window.padding[axis];
    const fits = (o: number): boolean =>
      o * window.stride[axis] + window.dilation[axis] * (window.kernel[axis] - 1) <
      before + size[axis] + after;
    let count = 0;
    while (fits(count)) count++;
    return count;
  };
  return [along(0), along(1)];
}

/** Which element of 0 … n − 1 stands at i, by walking there step by step; null where 0 stands. */
function standingAt(mode: PaddingMode, i: number, n: number): number | null {
  if (mode === "zeros") return i < 0 || i >= n ? null : i;
  let [place, direction] = [0, i < 0 ? -1 : 1];
  for (let step = 0; step < Math.abs(i); step++) {
    const next = place + direction;
    if (next >= 0 && next < n) place = next;
    else if (mode === "circular") place = next < 0 ? n - 1 : 0;
    else if (mode === "reflect") {
      direction = -direction;
      place += direction;
    }
  }
  return place;
}

/** The index in x of what the window sees: an index of (N, C, KH, KW, OH, OW); null where 0 is seen. */
export function seenIndex(index: readonly number[], window: Window, size: Pair): number[] | null {
  const [n, c, i, j, y, x] = index as [number, number, number, number, number, number];
  const along = (axis: 0 | 1, k: number, o: number): number | null =>
    standingAt(
      window.mode,
      o * window.stride[axis] + k * window.dilation[axis] - window.padding[axis][0],
      size[axis],
    );
  const [row, column] = [along(0, i, y), along(1, j, x)];
  return row === null || column === null ? null : [n, c, row, column];
}

/** What is seen, in any array of x's shape. */
export function look(x: Plain, index: readonly number[], window: Window): number {
  const place = seenIndex(index, window, x.shape.slice(2) as unknown as Pair);
  return place === null ? 0 : exactly(x, place);
}

/** Not `at` of plain.ts: it answers for an axis of length 1 whatever the index. */
export function exactly(x: Plain, index: readonly number[]): number {
  if (index.some((i, axis) => i < 0 || i >= (x.shape[axis] as number)))
    throw new RangeError(`no ${index} in ${x.shape}`);
  return at(x, index);
}

/** Every product of a convolution: where its factors stand in x and in the weight, and in y the sum that it belongs to. */
export function* products(
  [N, C]: readonly [number, number],
  M: number,
  groups: number,
  sliding: { window: Window; size: Pair },
): Generator<{ inX: number[]; inWeight: number[]; inY: number[] }> {
  const [OH, OW] = positions(sliding);
  for (const [n, m, c, i, j, y, x] of indicesOf([N, M, C / groups, ...sliding.window.kernel, OH, OW]) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ][]) {
    const channel = Math.floor(m / (M / groups)) * (C / groups) + c;
    const inX = seenIndex([n, channel, i, j, y, x], sliding.window, sliding.size);
    if (inX) yield { inX, inWeight: [m, c, i, j], inY: [n, m, y, x] };
  }
}

/** Terms added up at their indices. */
export function addedUp(shape: readonly number[], terms: Iterable<{ index: number[]; term: number }>): Plain {
  const sums = new Map<string, number>();
  for (const { index, term } of terms) sums.set(String(index), (sums.get(String(index)) ?? 0) + term);
  return tabulate("float64", shape, (index) => sums.get(String(index)) ?? 0);
}
