import {
  argmaxPool,
  col2im,
  conv2d,
  convTranspose2d,
  gather,
  im2col,
  type Operators,
  type Pair,
  sizeOf,
} from "../../np/index.ts";
import { conv2dWeight, maxUnpool2d } from "../../np/internal.ts";
import type { Ops } from "./vjp.ts";

/** The size (H, W) of images (N, C, H, W). */
function imageSize<A extends Operators<A>>(x: A): Pair {
  return [x.shape[2] as number, x.shape[3] as number];
}

/** Windows that slide over images. */
// biome-ignore format: a sheet, one rule a line
export const windows: Pick<Ops, "conv2d" | "convTranspose2d" | "conv2dWeight" | "im2col" | "col2im" | "maxPool2d" | "maxUnpool2d"> = {
  // ⟨y, conv(x, w)⟩ is linear in y, in x and in w: three ops, each the derivative of the others
  conv2d: [(dy, x, w, window, groups) => convTranspose2d(dy, w, window, groups, imageSize(x)).astype(x.dtype),
           (dy, x, w, window, groups) => conv2dWeight(dy, x, window, groups).astype(w.dtype)],
  convTranspose2d: [(dx, y, w, window, groups) => conv2d(dx, w, window, groups).astype(y.dtype),
                    (dx, y, w, window, groups) => conv2dWeight(y, dx, window, groups).astype(w.dtype)],
  conv2dWeight: [(dw, y, x, window, groups) => conv2d(x, dw, window, groups).astype(y.dtype),
                 (dw, y, x, window, groups) => convTranspose2d(y, dw, window, groups, imageSize(x)).astype(x.dtype)],
  im2col: [(dy, x, window) => col2im(dy, window, imageSize(x))],
  col2im: [(dy, _x, window) => im2col(dy, window)],
  maxPool2d: [(dy, x, window) => maxUnpool2d(dy, x, window)],
  maxUnpool2d: [(dx, y, x, window) => {
    const [N, C] = x.shape as readonly [number, number];
    const winners = argmaxPool(x, window).reshape(N, C, sizeOf(y.shape) / (N * C));
    return gather(dx.reshape(N, C, -1), winners, 2).reshape(y.shape).astype(y.dtype);
  }, null],
};
