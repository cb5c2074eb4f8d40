import type { NDArray, Range } from "chalk-and-tape/np";

/** An array of a shape, made of contiguous ones that `draw` gives. */
export type Layout = (shape: readonly number[], draw: (shape: readonly number[]) => NDArray) => NDArray;

/** Only the last two axes have gaps: of six, 2⁶ times the memory would be drawn. */
function lastTwo(shape: readonly number[], change: (n: number) => number): number[] {
  return shape.map((n, axis) => (axis < shape.length - 2 ? n : change(n)));
}
function parts(shape: readonly number[], part: (n: number) => Range): Range[] {
  return shape.map((n, axis) => (axis < shape.length - 2 ? null : part(n)));
}

/** How the elements of an array can lie in memory: where an engine may choose another path. */
export const layouts: Readonly<Record<string, Layout>> = {
  "in order": (shape, draw) => draw(shape),
  transposed: (shape, draw) => draw([...shape].reverse()).transpose(),
  "a part": (shape, draw) => draw(lastTwo(shape, (n) => n + 3)).slice(...parts(shape, (n) => [2, n + 2])),
  "every second": (shape, draw) =>
    draw(lastTwo(shape, (n) => 2 * n + 1)).slice(...parts(shape, () => [1, null, 2])),
  backwards: (shape, draw) => draw(shape).slice(...shape.map(() => [null, null, -1] as const)),
  stretched: (shape, draw) =>
    draw(shape.map((n, axis) => (axis % 2 === 0 || n === 0 ? n : 1))).broadcastTo(shape),
};
