import { describe } from "./arguments/describe.ts";
import { ShapeError } from "./errors.ts";
import { formatShape } from "./shape.ts";

/** A number for the vertical axis and one for the horizontal. */
export type Pair = readonly [vertical: number, horizontal: number];

/**
 * How an image continues beyond its edge: with 0, mirrored, with its edge repeated, or with its
 * other side.
 */
export type PaddingMode = "zeros" | "reflect" | "replicate" | "circular";

/** A window that slides over the last two axes of an image. */
export interface Window {
  readonly kernel: Pair;
  readonly stride: Pair;
  /** The distance between neighbouring elements of the window. */
  readonly dilation: Pair;
  /**
   * Rows and columns added before and after the image. A negative number after it leaves out that
   * many at the end.
   */
  readonly padding: readonly [
    readonly [above: number, below: number],
    readonly [left: number, right: number],
  ];
  readonly mode: PaddingMode;
}

/**
 * The number of positions of a window on an image (…, H, W), along each axis
 * ⌊(H + padding − dilation · (K − 1) − 1) / stride⌋ + 1.
 * @throws ShapeError if there is none, or the image is too small for its padding; RangeError for an
 * invalid window
 */
export function positionsOf(where: string, shape: readonly number[], window: Window): Pair {
  checkWindow(where, window);
  checkPadding(where, shape, window);
  const { kernel, stride, dilation, padding } = window;
  const reach = (axis: 0 | 1): number => dilation[axis] * (kernel[axis] - 1) + 1;
  const room = (axis: 0 | 1): number =>
    (shape[shape.length - 2 + axis] as number) + padding[axis][0] + padding[axis][1];
  const along = (axis: 0 | 1): number => Math.floor((room(axis) - reach(axis)) / stride[axis]) + 1;
  const counts: Pair = [along(0), along(1)];
  if (counts.every((count) => count >= 1)) return counts;
  throw new ShapeError(
    `${where}: Calculated padded input size per channel: (${room(0)} x ${room(1)}). Kernel size: (${reach(0)} x ${reach(1)}). Kernel size can't be greater than actual input size: x has shape ${formatShape(shape)}; pad it, or use a smaller kernel`,
  );
}

/** @throws RangeError unless there are two whole numbers >= 1 */
export function checkPair(where: string, name: string, pair: unknown): asserts pair is Pair {
  if (Array.isArray(pair) && pair.length === 2 && pair.every((n) => Number.isInteger(n) && n >= 1)) return;
  throw new RangeError(`${where}: ${name} is ${describe(pair)}, expected two whole numbers >= 1`);
}

const modes: readonly PaddingMode[] = ["zeros", "reflect", "replicate", "circular"];

/** A layer's window is checked once, not in every forward. */
const checked = new WeakSet<Window>();

export function checkWindow(where: string, window: Window): void {
  if (checked.has(window)) return;
  if (typeof window !== "object" || window === null || !("kernel" in window))
    throw new TypeError(
      `${where}: the window is ${describe(window)}, expected { kernel, stride, dilation, padding, mode }`,
    );
  const { kernel, stride, dilation, padding, mode } = window;
  for (const [name, numbers] of Object.entries({ kernel, stride, dilation })) checkPair(where, name, numbers);
  const isPair = (x: unknown): boolean => Array.isArray(x) && x.length === 2;
  const fits = isPair(padding) && padding.every((sides) => isPair(sides) && sides.every(Number.isInteger));
  if (!fits)
    throw new RangeError(
      `${where}: padding is ${describe(padding)}, expected whole numbers: [[above, below], [left, right]]`,
    );
  if (!modes.includes(mode))
    throw new RangeError(`${where}: mode is ${describe(mode)}, expected one of ${modes.join(", ")}`);
  checked.add(window);
}

/** The padding can be at most n − 1 where the image is mirrored, and n where it is circular. */
function checkPadding(where: string, shape: readonly number[], { padding, mode }: Window): void {
  if (mode !== "reflect" && mode !== "circular") return;
  for (const [axis, sides] of padding.entries()) {
    const dimension = shape.length - 2 + axis;
    const n = shape[dimension] as number;
    const most = mode === "reflect" ? n - 1 : n;
    if (Math.max(...sides) <= most) continue;
    const rule =
      mode === "reflect"
        ? "Padding size should be less than the corresponding input dimension"
        : "Padding value causes wrapping around more than once";
    throw new ShapeError(
      `${where}: ${rule}: padding (${sides.join(", ")}) at dimension ${dimension} of input [${shape.join(", ")}]; "${mode}" takes at most ${most}`,
    );
  }
}

/**
 * For every row of the window and every position along one axis, the row of the image it covers; −1
 * for a zero of the padding.
 */
export function seenAlong(axis: 0 | 1, n: number, positions: number, window: Window): Int32Array {
  const [kernel, step, gap] = [window.kernel[axis], window.stride[axis], window.dilation[axis]];
  const before = window.padding[axis][0];
  const seen = new Int32Array(kernel * positions);
  for (let k = 0; k < kernel; k++) {
    for (let o = 0; o < positions; o++)
      seen[k * positions + o] = seenAt(window.mode, o * step + k * gap - before, n);
  }
  return seen;
}

/**
 * The element found at position i of an axis of n elements and its padding; −1 for a zero.
 * "symmetric", a mirror image that repeats the edge, is for padding images; windows do not have it.
 */
export function seenAt(mode: PaddingMode | "symmetric", i: number, n: number): number {
  if (i >= 0 && i < n) return i;
  if (mode === "zeros") return -1;
  if (mode === "replicate") return i < 0 ? 0 : n - 1;
  if (mode === "circular") return ((i % n) + n) % n;
  const edge = mode === "symmetric" ? 1 : 0;
  return i < 0 ? -i - edge : 2 * (n - 1) - i + edge;
}
