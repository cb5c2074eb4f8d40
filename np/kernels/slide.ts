import type { TypedArray } from "../dtype.ts";
import { type Pair, positionsOf, seenAlong, type Window } from "../window.ts";

/** A window on images of one size, ready to slide: for every row and column of it, what it sees at each position. */
export interface Slide {
  readonly channels: number;
  readonly size: Pair;
  readonly positions: Pair;
  /** Rows of the image, (KH, OH), and columns, (KW, OW); −1 where nothing is seen. */
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  /** For every column of the window the positions from … to at which it is inside the image, `stride` apart: read without `columns`. */
  readonly runs: readonly Pair[];
  readonly stride: number;
  /** Where zeros stand beyond the edge, there is nothing to read outside the runs; else all is read by `columns`. */
  readonly zeros: boolean;
}

export function slideOf(where: string, shape: readonly number[], window: Window): Slide {
  const [channels, height, width] = shape.slice(-3) as [number, number, number];
  const positions = positionsOf(where, shape, window);
  const columns = seenAlong(1, width, positions[1], window);
  const zeros = window.mode === "zeros";
  const runs = Array.from({ length: window.kernel[1] }, (_, k): Pair => {
    if (!zeros) return [0, 0];
    const seen = columns.subarray(k * positions[1], (k + 1) * positions[1]);
    const from = seen.findIndex((column) => column >= 0);
    return from < 0 ? [0, 0] : [from, seen.findLastIndex((column) => column >= 0) + 1];
  });
  const rows = seenAlong(0, height, positions[0], window);
  const [, stride] = window.stride;
  return { channels, size: [height, width], positions, rows, columns, runs, stride, zeros };
}

/** Copies what the window sees on one image (C, H, W) into (C, KH, KW, OH, OW); where it sees nothing, that stays as it is. */
export function unfold(from: TypedArray, fromAt: number, to: TypedArray, toAt: number, slide: Slide): void {
  const { channels, size, positions, rows, columns, runs, stride, zeros } = slide;
  const [[height, width], [oh, ow]] = [size, positions];
  let at = toAt;
  for (let plane = fromAt; plane < fromAt + channels * height * width; plane += height * width) {
    for (let i = 0; i < rows.length; i += oh) {
      for (let k = 0; k < runs.length; k++) {
        const [first, last] = runs[k] as Pair;
        const shift = columns[k * ow + first] as number;
        for (let y = i; y < i + oh; y++, at += ow) {
          const row = rows[y] as number;
          if (row < 0) continue;
          const start = plane + row * width;
          for (let x = first, seen = start + shift; x < last; x++, seen += stride)
            to[at + x] = from[seen] as number;
          if (zeros) continue;
          for (let x = 0; x < ow; x++) to[at + x] = from[start + (columns[k * ow + x] as number)] as number;
        }
      }
    }
  }
}

/** Adds (C, KH, KW, OH, OW) to one image (C, H, W), every element where the window saw it: the adjoint of `unfold`. */
export function fold(from: TypedArray, fromAt: number, to: TypedArray, toAt: number, slide: Slide): void {
  const { channels, size, positions, rows, columns, runs, stride, zeros } = slide;
  const [[height, width], [oh, ow]] = [size, positions];
  let at = fromAt;
  for (let plane = toAt; plane < toAt + channels * height * width; plane += height * width) {
    for (let i = 0; i < rows.length; i += oh) {
      for (let k = 0; k < runs.length; k++) {
        const [first, last] = runs[k] as Pair;
        const shift = columns[k * ow + first] as number;
        for (let y = i; y < i + oh; y++, at += ow) {
          const row = rows[y] as number;
          if (row < 0) continue;
          const start = plane + row * width;
          for (let x = first, seen = start + shift; x < last; x++, seen += stride)
            to[seen] = (to[seen] as number) + (from[at + x] as number);
          if (zeros) continue;
          for (let x = 0; x < ow; x++) {
            const seen = start + (columns[k * ow + x] as number);
            to[seen] = (to[seen] as number) + (from[at + x] as number);
          }
        }
      }
    }
  }
}
