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

/** Copies the patches of one image (C, H, W) into zeros (C, KH, KW, OH, OW). */
function unfold(from: TypedArray, fromAt: number, to: TypedArray, geometry: WindowGeometry): void {
  const { size, positions, rows, columns, runs, stride, zeros } = geometry;
  const [width, [oh, ow]] = [size[1], positions];
  eachPlace(fromAt, geometry, (plane, i, k, place) => {
    const [first, last, shift] = [runs[3 * k] ?? 0, runs[3 * k + 1] ?? 0, runs[3 * k + 2] ?? 0];
    for (let y = i, at = place; y < i + oh; y++, at += ow) {
      const row = rows[y] as number;
      if (row < 0) continue;
      const start = plane + row * width;
      for (let x = first, seen = start + shift; x < last; x++, seen += stride)
        to[at + x] = from[seen] as number;
      if (zeros) continue;
      for (let x = 0; x < ow; x++) to[at + x] = from[start + (columns[k * ow + x] as number)] as number;
    }
  });
}

/** Adds every element of (C, KH, KW, OH, OW) to one image (C, H, W), at the pixel it came from. */
function fold(from: TypedArray, to: TypedArray, toAt: number, geometry: WindowGeometry): void {
  const { size, positions, rows, columns, runs, stride, zeros } = geometry;
  const [width, [oh, ow]] = [size[1], positions];
  eachPlace(toAt, geometry, (plane, i, k, place) => {
    const [first, last, shift] = [runs[3 * k] ?? 0, runs[3 * k + 1] ?? 0, runs[3 * k + 2] ?? 0];
    for (let y = i, at = place; y < i + oh; y++, at += ow) {
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
  });
}

/**
 * Visits every element (channel, row i / OH, column k) of the window. The channel starts at `plane`
 * in the image, the element's (OH, OW) at `place`; `geometry.rows` from i on are the image's rows
 * that it covers.
 */
function eachPlace(
  imageAt: number,
  { channels, size, kernel, positions, rows }: WindowGeometry,
  visit: (plane: number, i: number, k: number, place: number) => void,
): void {
  const [area, [oh, ow]] = [size[0] * size[1], positions];
  let place = 0;
  for (let plane = imageAt; plane < imageAt + channels * area; plane += area) {
    for (let i = 0; i < rows.length; i += oh) {
      for (let k = 0; k < kernel[1]; k++, place += oh * ow) visit(plane, i, k, place);
    }
  }
}

/**
 * Finds the largest element of each window, the first one in a tie, and NaN before all others: its
 * value goes into `out`, its index in the plane into `winners`. Every window covers an element.
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

/** out ← 0, then y is added at the winners that `largest` finds. */
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
