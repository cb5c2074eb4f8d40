import type { NDArray } from "../../np/index.ts";
import type { Length } from "./evidence.ts";

/** The lengths around a layer that may appear as factors: its batch, its other axes, its elements. */
export function namedLengths(x: NDArray, dy: NDArray, batchAxis: number = 0): Length[] {
  const axes = (shape: readonly number[], what: string): Length[] =>
    shape.flatMap((length, axis) =>
      axis === batchAxis ? [] : [{ name: `the length of ${what}'s axis ${axis}`, length }],
    );
  return [
    { name: "N, the batch", length: x.shape[batchAxis] ?? 1 },
    ...axes(x.shape, "x"),
    ...axes(dy.shape, "y"),
    ...positions(x.shape, "x"),
    ...positions(dy.shape, "y"),
    { name: "the number of elements of x", length: x.size },
    { name: "the number of elements of y", length: dy.size },
  ];
}

/** The numbers of pixels, and of pixels in all samples, which a sum for each channel adds up. */
function positions(shape: readonly number[], what: string): Length[] {
  if (shape.length < 3) return [];
  const length = shape.slice(2).reduce((product, n) => product * n, 1);
  return [
    { name: `the positions of ${what}`, length },
    { name: `the elements of one channel of ${what}`, length: length * (shape[0] ?? 1) },
  ];
}
