import type { TypedArray } from "./dtype.ts";
import { type Pair, positionsOf, seenAlong, type Window } from "./window.ts";

/** A window on images of one size, ready to slide: for every row and column of it, what it sees at each position. */
export interface WindowGeometry {
  readonly channels: number;
  readonly size: Pair;
  readonly kernel: Pair;
  readonly positions: Pair;
  /** Rows of the image, (KH, OH), and columns, (KW, OW); −1 where nothing is seen. */
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  /**
   * For every column of the window three numbers, first, last, start: from position `first` until before `last` it sees the image's columns
   * from `start` on, `stride` apart, and elsewhere nothing. (With another padding than zeros: nothing anywhere.)
   */
  readonly runs: Int32Array;
  readonly stride: number;
  /** Where zeros stand beyond the edge, `runs` say it all; else everything is read by `columns`. */
  readonly zeros: boolean;
}

/** @throws ShapeError where the window has no position on images of this shape (…, C, H, W) */
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

/** What a window sees of one image (C, H, W) at a time, as a matrix (C·KH·KW, OH·OW): in memory of the engine's own. */
export interface Columns {
  /** Overwritten by the next `unfold`, and by whatever else asks for columns of this dtype. */
  readonly data: TypedArray;
  /** data ← what the window sees of the image that begins at `at`, and 0 where it sees nothing. */
  unfold(x: TypedArray, at: number): void;
  /** The image that begins at `at` ← every element of data, added where the window saw it: the adjoint of `unfold`. */
  fold(x: TypedArray, at: number): void;
}

/** How many elements the matrix has. */
export function columnsSize({ channels, kernel, positions }: WindowGeometry): number {
  return channels * kernel[0] * kernel[1] * positions[0] * positions[1];
}
