import { ShapeError } from "./errors.ts";
import { formatShape } from "./shape.ts";

/** A number for the vertical axis and one for the horizontal. */
export type Pair = readonly [vertical: number, horizontal: number];

/** What stands beyond the edge of an image: 0, the image mirrored, its edge again, or its other side. */
export type PaddingMode = "zeros" | "reflect" | "replicate" | "circular";

/** A window that slides over the last two axes of an image: which of its positions there are, and what it sees at each. */
export interface Window {
  readonly kernel: Pair;
  readonly stride: Pair;
  /** The distance of neighbours inside the window. */
  readonly dilation: Pair;
  /** Rows and columns added before and after the image; below 0 after it, so many are never reached. */
  readonly padding: readonly [
    readonly [above: number, below: number],
    readonly [left: number, right: number],
  ];
  readonly mode: PaddingMode;
}

/**
 * How many positions a window has on an image (…, H, W): ⌊(H + padding − dilation · (K − 1) − 1) / stride⌋ + 1 along each axis.
 * @throws ShapeError where it has none
 */
export function positionsOf(where: string, shape: readonly number[], window: Window): Pair {
  const { kernel, stride, dilation, padding } = window;
  const size = shape.slice(-2) as [number, number];
  const room = size.map((n, axis) => n + padding[axis as 0 | 1][0] + padding[axis as 0 | 1][1]) as [
    number,
    number,
  ];
  const along = (axis: 0 | 1): number =>
    Math.floor((room[axis] - dilation[axis] * (kernel[axis] - 1) - 1) / stride[axis]) + 1;
  const counts: Pair = [along(0), along(1)];
  if (counts.every((count) => count >= 1)) return counts;
  const reach = kernel.map((k, axis) => dilation[axis as 0 | 1] * (k - 1) + 1);
  throw new ShapeError(
    `${where}: Calculated padded input size per channel: (${room.join(" x ")}). Kernel size: (${reach.join(" x ")}). Kernel size can't be greater than actual input size; x has shape ${formatShape(shape)}: pad it, or take a smaller kernel`,
  );
}

/** For every row of the window and every position along one axis: the row of the image that is seen there, −1 where that is 0. */
export function seenAlong(axis: 0 | 1, n: number, positions: number, window: Window): Int32Array {
  const [kernel, step, gap] = [window.kernel[axis], window.stride[axis], window.dilation[axis]];
  const before = window.padding[axis][0];
  const seen = new Int32Array(kernel * positions);
  for (let k = 0; k < kernel; k++) {
    for (let o = 0; o < positions; o++)
      seen[k * positions + o] = beyondEdge(window.mode, o * step + k * gap - before, n);
  }
  return seen;
}

function beyondEdge(mode: PaddingMode, i: number, n: number): number {
  if (i >= 0 && i < n) return i;
  if (mode === "zeros") return -1;
  if (mode === "replicate") return i < 0 ? 0 : n - 1;
  if (mode === "circular") return ((i % n) + n) % n;
  return i < 0 ? -i : 2 * (n - 1) - i;
}
