/**
 * Functions that do several steps in one pass over memory. The tape uses them; chalk writes the
 * steps out.
 */
import { type Applies, checkConstants, leader } from "./leader.ts";
import type { NDArray } from "./ndarray.ts";
import type { Window } from "./window.ts";

/** 0 where x ≤ 0, else a (also where x is NaN), in one pass; both broadcast. x gets no derivative. PyTorch's `threshold_backward`. */
export function wherePositive<A extends Applies<A>>(x: unknown, a: A): A {
  return leader<A>("wherePositive", x, a).apply("wherePositive", x as A, a);
}
/** a + b · c + (d − center) · e, with broadcasting, in one pass. */
export function addcmul2<A extends Applies<A>>(a: A, b: A, c: A, d: A, e: A, center: A): A {
  return leader<A>("addcmul2", a, b, c, d, e, center).apply("addcmul2", a, b, c, d, e, center);
}
/**
 * weight · (x − mean) / std + bias in one pass. weight, bias, mean and std all have the shape of
 * `x.mean(axes, true)`; `axes` means the same as in `standardize`.
 * @throws ShapeError for other shapes; TypeError if a constant is a tensor, whose gradient would be
 * lost
 */
export function normalize<A extends Applies<A>>(
  x: A,
  weight: A,
  bias: A,
  mean: unknown,
  std: unknown,
  axes: readonly number[] = [],
): A {
  const array = leader<A>("normalize", x, weight, bias);
  checkConstants("normalize", axes, mean, std);
  return array.apply("normalize", [x, weight, bias], mean as A, std as A, axes);
}
/**
 * The mean and the variance, the average of (x − mean)², over `axes` in one pass. The axes are kept
 * with length 1. TensorFlow's `tf.nn.moments`.
 */
export function moments<A extends Applies<A>>(
  x: A,
  axes: readonly number[],
): { readonly mean: A; readonly variance: A } {
  const both = leader<A>("moments", x).apply("moments", x, axes);
  return { mean: both.apply("slice", both, [0]), variance: both.apply("slice", both, [1]) };
}
/**
 * Σ x and Σ x · (y − mean) over `axes` in one pass, for equal shapes. The axes are kept with length
 * 1. If `mean` is y's own, the second sum is the co-moment of x and y: their covariance times the
 * number of elements.
 * @throws ShapeError unless `mean` has the shape of `y.mean(axes, true)`
 */
export function comoments<A extends Applies<A>>(
  x: A,
  y: A,
  mean: A,
  axes: readonly number[],
): { readonly sum: A; readonly comoment: A } {
  const both = leader<A>("comoments", x, y, mean).apply("comoments", x, y, mean, axes);
  return { sum: both.apply("slice", both, [0]), comoment: both.apply("slice", both, [1]) };
}
/**
 * −Σ t log softmax(logits) along one axis, which is removed: (N, C) → (N,), (N, C, …) → (N, …), in
 * one pass. `t` has the logits' shape and holds the weight of each class: probabilities, or any
 * other weights. Where t is 0, t log p counts as 0, whatever p is.
 * @throws ShapeError unless t has the logits' shape
 * @see TensorFlow's `tf.nn.softmax_cross_entropy_with_logits`
 */
export function softmaxCrossEntropy<A extends Applies<A>>(logits: A, t: A | NDArray, axis: number): A {
  return leader<A>("softmaxCrossEntropy", logits, t).apply("softmaxCrossEntropy", logits, t as A, axis);
}
/**
 * (softmax(logits) · Σ t − t) · scale along one axis, in the logits' shape, in one pass; this is (p
 * − t) · scale if t are probabilities. `scale` is one number, or one for each sum, in the logits'
 * shape without that axis. Where t is 0 along a whole sum, so is the result, whatever the scale is.
 * This is the gradient of `softmaxCrossEntropy`.
 * @throws ShapeError for other shapes of t or scale
 * @see Bishop, "Pattern Recognition and Machine Learning", 2006, eq. 4.109
 */
export function softmaxMinus<A extends Applies<A>>(
  logits: A,
  t: A | NDArray,
  scale: A | NDArray | number,
  axis: number,
): A {
  return leader<A>("softmaxMinus", logits, t, scale).apply(
    "softmaxMinus",
    logits,
    t as A,
    scale as A | number,
    axis,
  );
}
/**
 * Correlates y (N, M, OH, OW) with the patches of x under the window, summed over samples and
 * positions: kernels (M, C/groups, KH, KW). The adjoint of `conv2d` in weight.
 */
export function conv2dWeight<A extends Applies<A>>(y: A, x: A, window: Window, groups: number = 1): A {
  return leader<A>("conv2dWeight", y, x).apply("conv2dWeight", y, x, window, groups);
}
/**
 * Zeros in the shape of images x, with each element of y (N, C, OH, OW) added at the largest
 * element of its window on x, the first one in a tie: the adjoint of `maxPool2d` at x. PyTorch's
 * `max_unpool2d` does the same from indices.
 */
export function maxUnpool2d<A extends Applies<A>>(y: A, x: unknown, window: Window): A {
  return leader<A>("maxUnpool2d", y).apply("maxUnpool2d", y, x as A, window);
}
/**
 * yᵢ = aᵢ yᵢ₋₁ + bᵢ along one axis, with y₀ = b₀; a and b have equal shapes.
 * @throws ShapeError unless the shapes are equal
 */
export function linearRecurrence<A extends Applies<A>>(a: A, b: A, axis: number): A {
  return leader<A>("linearRecurrence", a, b).apply("linearRecurrence", a, b, axis);
}
