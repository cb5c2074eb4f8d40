import { type Pair, ShapeError, type Window } from "../../np/index.ts";
import { positionsOf } from "../../np/internal.ts";
import { expectFloats, type Typed } from "../checks/features.ts";
import { expectShape } from "../checks/shapes.ts";

/**
 * @throws ShapeError unless x is (N, C, H, W), or (N, C, L) in one dimension, with the channels that the weight (M, C/G, …) takes, and not
 * smaller than the window; TypeError for integers
 */
export function expectConv(
  where: string,
  x: Typed,
  weight: readonly number[],
  groups: number,
  window: Window,
): void {
  const channels = (weight[1] as number) * groups;
  expectBatch(where, x, channels, weight.length);
  if (x.shape[1] !== channels) throw otherChannels(where, `groups=${groups}`, x.shape, weight, channels);
  positionsOf(where, x.shape, window);
}

/**
 * The size (OH, OW) of y.
 * @throws ShapeError unless x is (N, C, H, W) with the C of the weight (C, M/G, KH, KW),
 * and y is not empty; TypeError for integers
 */
export function convTransposeSize(
  where: string,
  x: Typed,
  weight: readonly number[],
  { kernel, stride, dilation, padding }: Window,
): Pair {
  const channels = weight[0] as number;
  expectBatch(where, x, channels, weight.length);
  if (x.shape[1] !== channels) throw otherChannels(where, "transposed=1", x.shape, weight, channels);
  const along = (axis: 0 | 1): number =>
    ((x.shape[axis + 2] as number) - 1) * stride[axis] +
    dilation[axis] * (kernel[axis] - 1) +
    1 -
    padding[axis][0] -
    padding[axis][1];
  const size: Pair = [along(0), along(1)];
  if (size.every((n) => n >= 1)) return size;
  throw new ShapeError(
    `${where}: Given input size per channel: (${x.shape.slice(2).join(" x ")}). Calculated output size per channel: (${size.join(" x ")}). Output size is too small; use less padding`,
  );
}

function expectBatch(where: string, x: Typed, channels: number, ndim: number): void {
  const pattern = ndim === 3 ? ["N", "C", "L"] : ["N", "C", "H", "W"];
  const one = `one sample is a batch of one: x.reshape(1, ${[channels, ...pattern.slice(2)].join(", ")})`;
  expectShape(where, "x", x.shape, pattern, x.shape.length === ndim - 1 ? one : "");
  expectFloats(where, "x", x);
}

/** The error for a wrong number of channels, in PyTorch's words. */
function otherChannels(
  where: string,
  kind: string,
  x: readonly number[],
  weight: readonly number[],
  expected: number,
): ShapeError {
  const last =
    x[x.length - 1] === expected
      ? "; are the channels last? Bring them to axis 1: x.transpose([0, 3, 1, 2])"
      : "";
  return new ShapeError(
    `${where}: Given ${kind}, weight of size [${weight.join(", ")}], expected input[${x.join(", ")}] to have ${expected} channels, but got ${x[1]} channels instead; axis 1 of x is inChannels${last}`,
  );
}
