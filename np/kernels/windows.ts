import { ShapeError } from "../errors.ts";
import { NDArray } from "../ndarray.ts";
import { checkArray } from "../operand.ts";
import { formatShape, sameShape } from "../shape.ts";
import { type Pair, positionsOf, seenAlong, type Window } from "../window.ts";

/**
 * Every window of every image and channel, (N, C, H, W) → (N, C, KH, KW, OH, OW): the element [n, c, i, j, y, x] is what the window at
 * position (y, x) sees in its row i and column j. `reshape(N, C·KH·KW, OH·OW)` makes it the matrix that convolution multiplies.
 */
export function im2col(x: NDArray, window: Window): NDArray {
  checkImages("im2col", x);
  const [samples, channels, height, width] = x.shape as [number, number, number, number];
  const [oh, ow] = positionsOf("im2col", x.shape, window);
  const out = NDArray.empty([samples, channels, ...window.kernel, oh, ow], x.dtype);
  const [from, to] = [x.flat(), out.flat()];
  const [rows, columns] = [seenAlong(0, height, oh, window), seenAlong(1, width, ow, window)];
  let at = 0;
  for (let plane = 0; plane < samples * channels; plane++) {
    for (let i = 0; i < rows.length; i += oh) {
      for (let j = 0; j < columns.length; j += ow) {
        for (let y = i; y < i + oh; y++, at += ow) {
          const row = rows[y] as number;
          if (row < 0) continue;
          const base = (plane * height + row) * width;
          for (let x = 0; x < ow; x++) {
            const column = columns[j + x] as number;
            if (column >= 0) to[at + x] = from[base + column] as number;
          }
        }
      }
    }
  }
  return out;
}

/** The adjoint of `im2col`: every element is added where it was seen. Where windows overlap, an element of the image gets several. */
export function col2im(x: NDArray, window: Window, size: Pair): NDArray {
  checkArray("col2im", x);
  const [samples, channels] = x.shape as [number, number];
  const [height, width] = size;
  const [oh, ow] = positionsOf("col2im", size, window);
  const expected = [samples, channels, ...window.kernel, oh, ow];
  if (x.ndim !== 6 || !sameShape(x.shape, expected)) {
    throw new ShapeError(
      `col2im: x has shape ${formatShape(x.shape)}; these windows of ${height} × ${width} images make (N, C, ${expected.slice(2).join(", ")})`,
    );
  }
  const out = NDArray.empty([samples, channels, height, width], x.dtype);
  const [from, to] = [x.flat(), out.flat()];
  const [rows, columns] = [seenAlong(0, height, oh, window), seenAlong(1, width, ow, window)];
  let at = 0;
  for (let plane = 0; plane < samples * channels; plane++) {
    for (let i = 0; i < rows.length; i += oh) {
      for (let j = 0; j < columns.length; j += ow) {
        for (let y = i; y < i + oh; y++, at += ow) {
          const row = rows[y] as number;
          if (row < 0) continue;
          const base = (plane * height + row) * width;
          for (let x = 0; x < ow; x++) {
            const column = columns[j + x] as number;
            if (column >= 0) to[base + column] = (to[base + column] as number) + (from[at + x] as number);
          }
        }
      }
    }
  }
  return out;
}

/** Where in its image, H · W elements in a row, each window sees its largest, (N, C, OH, OW): of equals the first, and so the first NaN. */
export function argmaxPool(x: NDArray, window: Window): NDArray {
  checkImages("argmaxPool", x);
  const [samples, channels, height, width] = x.shape as [number, number, number, number];
  const [oh, ow] = positionsOf("argmaxPool", x.shape, window);
  const out = NDArray.empty([samples, channels, oh, ow], "int32");
  const [from, to] = [x.flat(), out.flat()];
  const [rows, columns] = [seenAlong(0, height, oh, window), seenAlong(1, width, ow, window)];
  let at = 0;
  for (let plane = 0; plane < samples * channels; plane++) {
    const base = plane * height * width;
    for (let y = 0; y < oh; y++) {
      for (let x = 0; x < ow; x++, at++) {
        let [best, top] = [-1, Number.NEGATIVE_INFINITY];
        for (let i = y; i < rows.length; i += oh) {
          const row = rows[i] as number;
          if (row < 0) continue;
          for (let j = x; j < columns.length && !Number.isNaN(top); j += ow) {
            const column = columns[j] as number;
            if (column < 0) continue;
            const value = from[base + row * width + column] as number;
            if (best < 0 || value > top || Number.isNaN(value)) {
              top = value;
              best = row * width + column;
            }
          }
        }
        to[at] = best;
      }
    }
  }
  return out;
}

function checkImages(op: string, x: NDArray): void {
  checkArray(op, x);
  if (x.ndim !== 4)
    throw new ShapeError(`${op}: x has shape ${formatShape(x.shape)}, expected images (N, C, H, W)`);
}
