import { ShapeError } from "../errors.ts";
import { NDArray } from "../ndarray.ts";
import { checkArray } from "../operand.ts";
import { formatShape, sameShape, sizeOf } from "../shape.ts";
import { type Pair, positionsOf, seenAlong, type Window } from "../window.ts";
import { gather } from "./indexing.ts";
import { fold, slideOf, unfold } from "./slide.ts";

export function im2col(x: NDArray, window: Window): NDArray {
  checkImages("im2col", x);
  const slide = slideOf("im2col", x.shape, window);
  const [samples, channels] = x.shape as [number, number];
  const out = NDArray.empty([samples, channels, ...window.kernel, ...slide.positions], x.dtype);
  const [image, seen] = [sizeOf(x.shape.slice(1)), sizeOf(out.shape.slice(1))];
  const [from, to] = [x.flat(), out.flat()];
  for (let n = 0; n < samples; n++) unfold(from, n * image, to, n * seen, slide);
  return out;
}

export function col2im(x: NDArray, window: Window, size: Pair): NDArray {
  checkArray("col2im", x);
  const [samples, channels] = x.shape as [number, number];
  const expected = [samples, channels, ...window.kernel, ...positionsOf("col2im", size, window)];
  if (x.ndim !== 6 || !sameShape(x.shape, expected)) {
    throw new ShapeError(
      `col2im: x has shape ${formatShape(x.shape)}; these windows of ${size.join(" × ")} images make (N, C, ${expected.slice(2).join(", ")})`,
    );
  }
  const out = NDArray.empty([samples, channels, ...size], x.dtype);
  const slide = slideOf("col2im", out.shape, window);
  const [image, seen] = [sizeOf(out.shape.slice(1)), sizeOf(x.shape.slice(1))];
  const [from, to] = [x.flat(), out.flat()];
  for (let n = 0; n < samples; n++) fold(from, n * seen, to, n * image, slide);
  return out;
}

export function maxPool2d(x: NDArray, window: Window): NDArray {
  const winners = argmaxPool(x, window);
  const [samples, channels, oh, ow] = winners.shape as [number, number, number, number];
  const images = x.reshape(samples * channels, sizeOf(x.shape.slice(2)));
  return gather(images, winners.reshape(samples * channels, oh * ow), 1).reshape(winners.shape);
}

export function argmaxPool(x: NDArray, window: Window): NDArray {
  checkImages("argmaxPool", x);
  const [samples, channels, height, width] = x.shape as [number, number, number, number];
  const [oh, ow] = positionsOf("argmaxPool", x.shape, window);
  const out = NDArray.empty([samples, channels, oh, ow], "int32");
  const [from, to] = [x.flat(), out.flat()];
  const [rows, columns] = [seenAlong(0, height, oh, window), seenAlong(1, width, ow, window)];
  let at = 0;
  for (let plane = 0; plane < samples * channels; plane++) {
    const image = plane * height * width;
    for (let y = 0; y < oh; y++) {
      for (let x = 0; x < ow; x++, at++) {
        let [best, top] = [-1, Number.NEGATIVE_INFINITY];
        for (let i = y; i < rows.length; i += oh) {
          const row = rows[i] as number;
          if (row < 0) continue;
          for (let j = x; j < columns.length && !Number.isNaN(top); j += ow) {
            const column = columns[j] as number;
            if (column < 0) continue;
            const value = from[image + row * width + column] as number;
            if (best < 0 || value > top || Number.isNaN(value)) {
              top = value;
              best = row * width + column;
            }
          }
        }
        if (best < 0) {
          throw new ShapeError(
            `argmaxPool: the window at (${y}, ${x}) sees nothing of an image of ${height} × ${width}; take less padding or dilation`,
          );
        }
        to[at] = best;
      }
    }
  }
  return out;
}

export function checkImages(op: string, x: NDArray): void {
  checkArray(op, x);
  if (x.ndim !== 4)
    throw new ShapeError(`${op}: x has shape ${formatShape(x.shape)}, expected images (N, C, H, W)`);
}
