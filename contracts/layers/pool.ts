import { type DType, im2col, type NDArray, ones, type Pair, type Window } from "../../np/index.ts";
import { flag, floating, type OptionTable, optional, orNull, positionsOf } from "../../np/internal.ts";
import { bothAxes, type OneOrPair, oneOrPair } from "../checks/pair.ts";
import { expectShape } from "../checks/shapes.ts";

export interface PoolOptions {
  /** How far the window moves from one position to the next; default null: kernelSize. */
  readonly stride?: OneOrPair | null;
  /** Rows and columns of padding on every side, at most half the kernel's size; default 0. */
  readonly padding?: OneOrPair;
  /** Whether a last window may hang over the edge; default false. */
  readonly ceilMode?: boolean;
}

export const poolOptions: OptionTable<PoolOptions> = {
  stride: optional(orNull(oneOrPair(1), "kernelSize"), null, "kernelSize"),
  padding: optional(oneOrPair(0), 0),
  ceilMode: flag(false),
};

/** A pooling layer's options, each for both axes. */
export interface Pool {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly padding: Pair;
  readonly ceilMode: boolean;
}

/** The settled arguments of a pooling layer. */
interface Pooling {
  readonly kernelSize: OneOrPair;
  readonly stride: OneOrPair | null;
  readonly padding: OneOrPair;
  readonly dilation?: OneOrPair;
  readonly ceilMode: boolean;
}

/** The same options, each for both axes. */
export function poolOf({ kernelSize, stride, padding, dilation = 1, ceilMode }: Pooling): Pool {
  const kernel = bothAxes(kernelSize);
  return {
    kernel,
    stride: stride === null ? kernel : bothAxes(stride),
    dilation: bothAxes(dilation),
    padding: bothAxes(padding),
    ceilMode,
  };
}

/** The problem with padding that can fill a whole window; null if there is none. */
export function poolProblem(given: Pooling): string | null {
  const { kernel, dilation, padding } = poolOf(given);
  for (const axis of [0, 1] as const) {
    const reach = dilation[axis] * (kernel[axis] - 1) + 1;
    if (2 * padding[axis] > reach)
      return `pad should be at most half of effective kernel size, but got pad=${padding[axis]}, kernel_size=${kernel[axis]} and dilation=${dilation[axis]}; a window would see nothing but padding`;
  }
  return null;
}

/**
 * The window that a pooling layer slides over these images.
 * @throws ShapeError unless x is (N, C, H, W) and at least as large as the window
 */
export function poolWindow(where: string, x: readonly number[], pool: Pool): Window {
  const hint = "one image is a batch of one: x.reshape(1, C, H, W)";
  expectShape(where, "x", x, ["N", "C", "H", "W"], x.length === 3 ? hint : "");
  const sides = ([0, 1] as const).map((axis) => [pool.padding[axis], afterOf(x, pool, axis)] as const);
  const padding = sides as unknown as Window["padding"];
  const { kernel, stride, dilation } = pool;
  const window: Window = { kernel, stride, dilation, padding, mode: "zeros" };
  positionsOf(where, x, window);
  return window;
}

/**
 * The padding after the image. With ceilMode it has room for one more window,
 * if that window starts on the image or before it.
 */
function afterOf(
  x: readonly number[],
  { kernel, stride, dilation, padding, ceilMode }: Pool,
  axis: 0 | 1,
): number {
  const [before, step, n] = [padding[axis], stride[axis], x[axis + 2] as number];
  if (!ceilMode) return before;
  const reach = dilation[axis] * (kernel[axis] - 1) + 1;
  const steps = Math.ceil((n + 2 * before - reach) / step);
  const last = steps * step < n + before ? steps : steps - 1;
  return last * step + reach - n - before;
}

/** What decides the divisor of a window's sum. */
export interface Counting {
  readonly countIncludePad: boolean;
  readonly divisorOverride: number | null;
}

/**
 * The divisor of each window's sum: one number if it is the same for all windows,
 * else an array (OH, OW).
 */
export function poolDivisor(
  x: readonly number[],
  dtype: DType,
  window: Window,
  { padding, countIncludePad, divisorOverride }: Pick<Pool, "padding"> & Counting,
): NDArray | number {
  if (divisorOverride !== null) return divisorOverride;
  const [above, left] = countIncludePad ? padding : [0, 0];
  // Padding counts, but places beyond the padding do not.
  const counted = ones([1, 1, (x[2] as number) + 2 * above, (x[3] as number) + 2 * left]);
  const [[top, bottom], [west, east]] = window.padding;
  const around: Window["padding"] = [
    [top - above, bottom - above],
    [west - left, east - left],
  ];
  const counts = im2col(counted, { ...window, padding: around }).sum([0, 1, 2, 3]);
  const most = counts.max().item();
  return counts.min().item() === most ? most : counts.astype(floating(dtype));
}
