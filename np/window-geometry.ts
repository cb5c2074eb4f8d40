import type { TypedArray } from "./dtype.ts";
import { type Pair, positionsOf, seenAlong, type Window } from "./window.ts";

/**
 * A window on images of one size, precomputed: which rows and columns of the image each of its own
 * rows and columns covers at each position.
 */
export interface WindowGeometry {
  readonly channels: number;
  readonly size: Pair;
  readonly kernel: Pair;
  readonly positions: Pair;
  /** Rows of the image, (KH, OH), and columns, (KW, OW); −1 in zero padding. */
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  /**
   * Three numbers for each column of the window: first, last, start. At positions first … last − 1
   * it covers the image's columns from `start` on, `stride` apart; at all others it covers padding.
   * All runs are empty if the padding is not zeros.
   */
  readonly runs: Int32Array;
  readonly stride: number;
  /**
   * Whether the padding is zeros. If it is, `runs` describe all columns; if not, `columns` must be
   * read.
   */
  readonly zeros: boolean;
}

/** @throws ShapeError if the window has no position on images of this shape (…, C, H, W) */
export function windowGeometry(where: string, shape: readonly number[], window: Window): WindowGeometry {
  const [channels, height, width] = shape.slice(-3) as [number, number, number];
  const positions = positionsOf(where, shape, window);
  const columns = seenAlong(1, width, positions[1], window);
  const zeros = window.mode === "zeros";
  const runs = new Int32Array(3 * window.kernel[1]);
  for (let k = 0; zeros && k < window.kernel[1]; k++) {
    const seen = columns.subarray(k * positions[1], (k + 1) * positions[1]);
    const first = seen.findIndex((column) => column >= 0);
    const last = seen.findLastIndex((column) => column >= 0) + 1;
    if (first >= 0) runs.set([first, last, seen[first] as number], 3 * k);
  }
  return {
    channels,
    size: [height, width],
    kernel: window.kernel,
    positions,
    rows: seenAlong(0, height, positions[0], window),
    columns,
    runs,
    stride: window.stride[1],
    zeros,
  };
}

/**
 * The patches of one image (C, H, W) at a time as a matrix (C·KH·KW, OH·OW), in the engine's own
 * memory.
 */
export interface Columns {
  /** Overwritten by the next `unfold`, and when columns are requested again. */
  readonly data: TypedArray;
  /** data ← the patches of the image that starts at `at`; 0 in zero padding. */
  unfold(x: TypedArray, at: number): void;
  /**
   * The image that starts at `at` ← all elements of data, each added at the pixel it came from: the
   * adjoint of `unfold`.
   */
  fold(x: TypedArray, at: number): void;
}

/** The number of elements of that matrix. */
export function columnsSize({ channels, kernel, positions }: WindowGeometry): number {
  return channels * kernel[0] * kernel[1] * positions[0] * positions[1];
}
