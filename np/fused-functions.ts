/** Several steps in one pass over memory. They are the tape's: chalk writes the steps out. */
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
 * weight · (x − mean) / std + bias in one pass, where all four have the shape of `x.mean(axes, true)`. `axes` are those of `standardize`.
 * @throws ShapeError for other shapes; TypeError for a tensor as a constant: its gradient would be lost
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
/** The mean and the average of (x − mean)² over `axes`, which stay as length 1, in one pass. TensorFlow's `tf.nn.moments`. */
export function moments<A extends Applies<A>>(
  x: A,
  axes: readonly number[],
): { readonly mean: A; readonly variance: A } {
  const both = leader<A>("moments", x).apply("moments", x, axes);
  return { mean: both.apply("slice", both, [0]), variance: both.apply("slice", both, [1]) };
}
/**
 * Σ x and Σ x · (y − mean) over `axes`, which stay as length 1, in one pass, for equal shapes. With y's own mean the second is the co-moment
 * of x and y: their covariance times the number of elements.
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
 * −Σ t log softmax(logits) along one axis, which vanishes: (N, C) → (N,), (N, C, …) → (N, …). `t`, of the logits' shape, says what each class
 * counts: probabilities, or whatever else weighs. In one pass; where t is 0, so is t log p, whatever p is.
 * @throws ShapeError unless t has the logits' shape
 * @see TensorFlow's `tf.nn.softmax_cross_entropy_with_logits`
 */
export function softmaxCrossEntropy<A extends Applies<A>>(logits: A, t: A | NDArray, axis: number): A {
  return leader<A>("softmaxCrossEntropy", logits, t).apply("softmaxCrossEntropy", logits, t as A, axis);
}
/**
 * (softmax(logits) · Σ t − t) · scale along one axis, in the logits' shape, in one pass: p − t where t are probabilities. `scale` is a number, or
 * one for each sum: of the logits' shape without that axis; where t is 0 all along a sum, so is the result, whatever the scale is. It is what
 * `softmaxCrossEntropy` has as its gradient.
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
/** Kernels (M, C/groups, KH, KW): how y (N, M, OH, OW) goes with what each window sees of x, summed over all: the adjoint of `conv2d` in weight. */
export function conv2dWeight<A extends Applies<A>>(y: A, x: A, window: Window, groups: number = 1): A {
  return leader<A>("conv2dWeight", y, x).apply("conv2dWeight", y, x, window, groups);
}
/**
 * Zeros in the shape of images x, with each of y (N, C, OH, OW) added where its window of x has its largest element, of equals the first: the
 * adjoint of `maxPool2d` at x. What PyTorch's `max_unpool2d` makes of indices.
 */
export function maxUnpool2d<A extends Applies<A>>(y: A, x: unknown, window: Window): A {
  return leader<A>("maxUnpool2d", y).apply("maxUnpool2d", y, x as A, window);
}
