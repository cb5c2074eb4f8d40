import { type NDArray, sizeOf, type Window } from "../../../np/index.ts";
import { positionsOf, seenAt } from "../../../np/internal.ts";
import type { Scope } from "../scope.ts";

/**
 * For every element of a window and every position of y, the place in a flat image that it covers; one
 * past the last place stands for a zero. Elements first: (K, P).
 */
export interface Seen {
  readonly places: readonly number[];
  readonly shape: readonly [elements: number, positions: number];
}

/** The row or column of the image for element k of the window and position o; −1 for a zero. */
type Along = (axis: 0 | 1, k: number, o: number, n: number) => number;

/** What a window covers on images (N, C, H, W). */
export function seenBy(shape: readonly number[], window: Window): Seen {
  const { stride, dilation, padding, mode } = window;
  return seen(shape, window, positionsOf("export", shape, window), (axis, k, o, n) =>
    seenAt(mode, o * stride[axis] + k * dilation[axis] - padding[axis][0], n),
  );
}

/** The same for a transposed convolution: the element of x that reaches this one of y through this element of the window. */
export function seenThrough(shape: readonly number[], outputShape: readonly number[], window: Window): Seen {
  const { stride, dilation, padding } = window;
  return seen(shape, window, outputShape.slice(2), (axis, k, o, n) => {
    const step = (o + padding[axis][0] - k * dilation[axis]) / stride[axis];
    return Number.isInteger(step) && step >= 0 && step < n ? step : -1;
  });
}

/** The places where the rows of a matrix (P, places) are not 0; shorter rows are filled with the place of the zero. */
export function seenInRows(matrix: NDArray): Seen {
  const rows = matrix.tolist() as number[][];
  const found = rows.map((row) => row.flatMap((x, place) => (x === 0 ? [] : [place])));
  const elements = Math.max(...found.map(({ length }) => length));
  const zero = matrix.shape[1] as number;
  const places = Array.from({ length: elements }, (_, k) => found.map((row) => row[k] ?? zero));
  return { places: places.flat(), shape: [elements, rows.length] };
}

function seen(
  shape: readonly number[],
  { kernel }: Window,
  positions: readonly number[],
  along: Along,
): Seen {
  const [H, W, OH, OW] = [...shape.slice(2), ...positions] as [number, number, number, number];
  const places: number[] = [];
  for (let k = 0; k < kernel[0]; k++)
    for (let l = 0; l < kernel[1]; l++)
      for (let i = 0; i < OH; i++)
        for (let j = 0; j < OW; j++) {
          const [row, column] = [along(0, k, i, H), along(1, l, j, W)];
          places.push(row < 0 || column < 0 ? H * W : row * W + column);
        }
  return { places, shape: [kernel[0] * kernel[1], OH * OW] };
}

/** The windows of images (N, C, …) as columns, as `im2col` makes them: (N, C, K, P). */
export function gathered(scope: Scope, x: string, shape: readonly number[], seen: Seen): string {
  const [channels, size] = [shape[1] as number, sizeOf(shape.slice(2))];
  const flat = scope.reshape(x, [0, channels, size]);
  const whole = seen.places.includes(size)
    ? scope.node("Pad", [flat, scope.ints([0, 0, 0, 0, 0, 1]), scope.number(0)])
    : flat;
  return scope.node("Gather", [whole, scope.ints(seen.places, seen.shape)], { axis: 2 });
}
