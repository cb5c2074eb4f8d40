import type { TypedArray } from "../../dtype.ts";
import type { Columns, WindowGeometry } from "../../window-geometry.ts";

export function columnsIn(data: TypedArray, geometry: WindowGeometry): Columns {
  const image = geometry.channels * geometry.size[0] * geometry.size[1];
  return {
    data,
    unfold(x, at) {
      data.fill(0);
      unfold(x, at, data, geometry);
    },
    fold(x, at) {
      x.fill(0, at, at + image);
      fold(data, x, at, geometry);
    },
  };
}

/** Copies what the window sees on one image (C, H, W) into zeros (C, KH, KW, OH, OW). */
function unfold(from: TypedArray, fromAt: number, to: TypedArray, geometry: WindowGeometry): void {
  const { positions, columns, runs, stride, zeros } = geometry;
  const ow = positions[1];
  eachRow(fromAt, geometry, (start, at, k) => {
    const last = runs[3 * k + 1] as number;
    let seen = start + (runs[3 * k + 2] as number);
    for (let x = runs[3 * k] as number; x < last; x++, seen += stride) to[at + x] = from[seen] as number;
    if (zeros) return;
    for (let x = 0; x < ow; x++) to[at + x] = from[start + (columns[k * ow + x] as number)] as number;
  });
}

/** Adds (C, KH, KW, OH, OW) to one image (C, H, W), every element where the window saw it. */
function fold(from: TypedArray, to: TypedArray, toAt: number, geometry: WindowGeometry): void {
  const { positions, columns, runs, stride, zeros } = geometry;
  const ow = positions[1];
  eachRow(toAt, geometry, (start, at, k) => {
    const last = runs[3 * k + 1] as number;
    let seen = start + (runs[3 * k + 2] as number);
    for (let x = runs[3 * k] as number; x < last; x++, seen += stride)
      to[seen] = (to[seen] as number) + (from[at + x] as number);
    if (zeros) return;
    for (let x = 0; x < ow; x++) {
      const seen = start + (columns[k * ow + x] as number);
      to[seen] = (to[seen] as number) + (from[at + x] as number);
    }
  });
}

/**
 * Visits every row of (C, KH, KW, OH, OW) that sees a row of the image: `start` is where the image's row begins, `at` where the row of
 * positions does, `k` the column of the window.
 */
function eachRow(
  imageAt: number,
  { channels, size, kernel, positions, rows }: WindowGeometry,
  visit: (start: number, at: number, k: number) => void,
): void {
  const [[height, width], [oh, ow]] = [size, positions];
  let at = 0;
  for (let plane = imageAt; plane < imageAt + channels * height * width; plane += height * width) {
    for (let i = 0; i < rows.length; i += oh) {
      for (let k = 0; k < kernel[1]; k++) {
        for (let y = i; y < i + oh; y++, at += ow) {
          const row = rows[y] as number;
          if (row >= 0) visit(plane + row * width, at, k);
        }
      }
    }
  }
}

/**
 * What each window sees largest, of equals the first and before all NaN: its value into `out`, its place in the image into `winners`.
 * Every window sees something.
 */
export function largest(
  x: TypedArray,
  geometry: WindowGeometry,
  planes: number,
  out: TypedArray | null,
  winners: Int32Array | null,
): void {
  const { size, positions, rows, columns } = geometry;
  const [[height, width], [oh, ow]] = [size, positions];
  let at = 0;
  for (let image = 0; image < planes * height * width; image += height * width) {
    for (let y = 0; y < oh; y++) {
      for (let position = 0; position < ow; position++, at++) {
        let [best, top] = [-1, Number.NEGATIVE_INFINITY];
        for (let i = y; i < rows.length; i += oh) {
          const row = rows[i] as number;
          if (row < 0) continue;
          for (let j = position; j < columns.length && !Number.isNaN(top); j += ow) {
            const column = columns[j] as number;
            if (column < 0) continue;
            const value = x[image + row * width + column] as number;
            if (best < 0 || value > top || Number.isNaN(value)) {
              top = value;
              best = row * width + column;
            }
          }
        }
        if (out) out[at] = top;
        if (winners) winners[at] = best;
      }
    }
  }
}

/** y added where `largest` finds its winners. */
export function unpool(
  out: TypedArray,
  y: TypedArray,
  x: TypedArray,
  geometry: WindowGeometry,
  planes: number,
): void {
  const winners = new Int32Array(y.length);
  largest(x, geometry, planes, null, winners);
  const [found, plane] = [y.length / planes, out.length / planes];
  out.fill(0);
  for (let p = 0, i = 0; p < planes; p++) {
    for (const end = i + found; i < end; i++) {
      const at = p * plane + (winners[i] as number);
      out[at] = (out[at] as number) + (y[i] as number);
    }
  }
}
