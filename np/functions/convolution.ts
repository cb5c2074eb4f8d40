/** Windows that slide over images. */
import { type Applies, leader } from "../leader.ts";
import type { Pair, Window } from "../window.ts";

/**
 * The convolution of images x (N, C, H, W) with kernels `weight` (M, C/groups, KH, KW), at every
 * position of the window: (N, M, OH, OW). y[n, m] = Σ over c, i, j of weight[m, c, i, j] ·
 * im2col(x)[n, c, i, j]; each group of channels is convolved separately.
 */
export function conv2d<A extends Applies<A>>(x: A, weight: A, window: Window, groups: number = 1): A {
  return leader<A>("conv2d", x, weight).apply("conv2d", x, weight, window, groups);
}
/**
 * Spreads y (N, M, OH, OW) through the kernels into images (N, C, H, W) of the given size: the
 * adjoint of `conv2d` in x.
 */
export function convTranspose2d<A extends Applies<A>>(
  y: A,
  weight: A,
  window: Window,
  groups: number,
  size: Pair,
): A {
  return leader<A>("convTranspose2d", y, weight).apply("convTranspose2d", y, weight, window, groups, size);
}
/**
 * Every window of every image and channel, (N, C, H, W) → (N, C, KH, KW, OH, OW). `reshape(N, C·KH·KW, OH·OW)` makes it the matrix that
 * convolution multiplies. NumPy's `sliding_window_view`, copied; PyTorch's `unfold`.
 */
export function im2col<A extends Applies<A>>(x: A, window: Window): A {
  return leader<A>("im2col", x).apply("im2col", x, window);
}
/**
 * Images (N, C, H, W) of the given size, with every element of (N, C, KH, KW, OH, OW) added at the
 * pixel it came from: the adjoint of `im2col`.
 */
export function col2im<A extends Applies<A>>(x: A, window: Window, size: Pair): A {
  return leader<A>("col2im", x).apply("col2im", x, window, size);
}
/**
 * The largest element in each window, (N, C, H, W) → (N, C, OH, OW); zero padding does not count.
 */
export function maxPool2d<A extends Applies<A>>(x: A, window: Window): A {
  return leader<A>("maxPool2d", x).apply("maxPool2d", x, window);
}
/**
 * The position of each window's largest element, the first one in a tie, in the flattened image:
 * (N, C, H, W) → (N, C, OH, OW).
 */
export function argmaxPool<A extends Applies<A>>(x: A, window: Window): A {
  return leader<A>("argmaxPool", x).applyConstant("argmaxPool", x, window);
}
