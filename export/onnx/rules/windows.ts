import type { Tensor } from "../../../autograd/index.ts";
import { type NDArray, sizeOf, type Window } from "../../../np/index.ts";
import { positionsOf, seenAt } from "../../../np/internal.ts";
import type { Scope } from "../scope.ts";
import { perChannel } from "./per-channel.ts";
import type { RuleCall } from "./rule.ts";

/** For every element of a window and every position of y, the place in a flat image that it covers; one past the end for a zero. */
export interface Seen {
  readonly places: readonly number[];
  /** Elements of a window, and positions of y. */
  readonly shape: readonly [elements: number, positions: number];
}

/** What a convolution's window covers on images (N, C, H, W). */
export function seenBy(shape: readonly number[], window: Window): Seen {
  const { stride, dilation, padding, mode } = window;
  const positions = positionsOf("export", shape, window);
  return places(shape, window, positions, (axis, k, o, n) =>
    seenAt(mode, o * stride[axis] + k * dilation[axis] - padding[axis][0], n),
  );
}

/** The same for a transposed convolution: the element of x that adds to this one of y through this element of the window. */
export function seenThrough(shape: readonly number[], outputShape: readonly number[], window: Window): Seen {
  const { stride, dilation, padding } = window;
  return places(shape, window, outputShape.slice(2) as [number, number], (axis, k, o, n) => {
    const step = (o + padding[axis][0] - k * dilation[axis]) / stride[axis];
    return Number.isInteger(step) && step >= 0 && step < n ? step : -1;
  });
}

/** @param along the row or column of the image for element k of the window and position o, −1 for a zero */
function places(
  shape: readonly number[],
  { kernel: [KH, KW] }: Window,
  [OH, OW]: readonly [number, number],
  along: (axis: 0 | 1, k: number, o: number, n: number) => number,
): Seen {
  const [H, W] = shape.slice(2) as [number, number];
  const found: number[] = [];
  for (let k = 0; k < KH; k++)
    for (let l = 0; l < KW; l++)
      for (let i = 0; i < OH; i++)
        for (let j = 0; j < OW; j++) {
          const [row, column] = [along(0, k, i, H), along(1, l, j, W)];
          found.push(row < 0 || column < 0 ? H * W : row * W + column);
        }
  return { places: found, shape: [KH * KW, OH * OW] };
}

/**
 * A convolution as a product: every window of x becomes a column, as in `im2col`; the kernels
 * (G, M/G, D) times the columns (N, G, D, P) are y (N, M, …), to which the bias is added.
 */
export function convolved(
  scope: Scope,
  kernels: string,
  bias: NDArray | Tensor | null,
  groups: number,
  seen: Seen,
  { x, shape, outputShape }: RuleCall,
): string {
  const [C, size] = [shape[1] as number, sizeOf(shape.slice(2))];
  const [elements, positions] = seen.shape;
  const flat = scope.reshape(x, [0, C, size]);
  const withZero = seen.places.includes(size)
    ? scope.node("Pad", [flat, scope.ints([0, 0, 0, 0, 0, 1]), scope.number(0)])
    : flat;
  const windows = scope.node("Gather", [withZero, scope.ints(seen.places, seen.shape)], { axis: 2 });
  const columns = scope.reshape(windows, [0, groups, (C / groups) * elements, positions]);
  const product = scope.node("MatMul", [kernels, columns]);
  const y = scope.reshape(product, [0, ...outputShape.slice(1)]);
  return bias ? scope.node("Add", [y, perChannel(scope, bias, outputShape)]) : y;
}
