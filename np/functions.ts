import type { NDArray } from "./ndarray.ts";
import { describe } from "./operand.ts";
import type { Axis } from "./shape.ts";
import type { ConstantName, ConstantSignatures, OpName, PadWidths, Range, Signatures } from "./signatures.ts";
import type { Pair, Window } from "./window.ts";

/** Anything that knows how to apply a primitive: an NDArray, or autograd's Tensor. */
export interface Applies<A> {
  readonly priority: number;
  apply<K extends OpName>(op: K, ...args: Signatures<A>[K]): A;
  applyConstant<K extends ConstantName>(op: K, ...args: ConstantSignatures<A>[K]): A;
}

/** The operand whose kind decides: a tensor before an array, an array before a number. */
function leader<A extends Applies<A>>(where: string, ...operands: readonly unknown[]): A {
  let found: A | null = null;
  for (const operand of operands as (A | null | undefined)[]) {
    if (typeof operand?.apply === "function" && typeof operand.priority === "number") {
      if (!found || operand.priority > found.priority) found = operand;
    }
  }
  if (!found)
    throw new TypeError(`${where}: expected an array, got ${operands.map(describe).join(" and ") || "none"}`);
  return found;
}

/** eˣ. */
export function exp<A extends Applies<A>>(x: A): A {
  return leader<A>("exp", x).apply("exp", x);
}
/** eˣ − 1, exact near 0, where eˣ rounds to 1. */
export function expm1<A extends Applies<A>>(x: A): A {
  return leader<A>("expm1", x).apply("expm1", x);
}
/** The natural logarithm; −Infinity at 0, NaN below. */
export function log<A extends Applies<A>>(x: A): A {
  return leader<A>("log", x).apply("log", x);
}
/** √x; NaN below 0. */
export function sqrt<A extends Applies<A>>(x: A): A {
  return leader<A>("sqrt", x).apply("sqrt", x);
}
/** |x|. */
export function abs<A extends Applies<A>>(x: A): A {
  return leader<A>("abs", x).apply("abs", x);
}
/** The logistic function 1 / (1 + e⁻ˣ), without overflow. */
export function sigmoid<A extends Applies<A>>(x: A): A {
  return leader<A>("sigmoid", x).apply("sigmoid", x);
}
/** (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ). */
export function tanh<A extends Applies<A>>(x: A): A {
  return leader<A>("tanh", x).apply("tanh", x);
}
/** The error function 2/√π ∫₀ˣ e^(−t²) dt: the normal distribution's Φ(x) is (1 + erf(x / √2)) / 2. SciPy's `scipy.special.erf`. */
export function erf<A extends Applies<A>>(x: A): A {
  return leader<A>("erf", x).apply("erf", x);
}
/** −1, 0 or 1 (NaN stays NaN). */
export function sign<A extends Applies<A>>(x: A): A {
  return leader<A>("sign", x).applyConstant("sign", x);
}
/** 1 where the element is neither NaN nor infinite, else 0 (uint8). */
export function isfinite<A extends Applies<A>>(x: A): A {
  return leader<A>("isfinite", x).applyConstant("isfinite", x);
}
/** The larger of a and b, element by element; NaN wins. */
export function maximum<A extends Applies<A>>(a: A, b: A | number): A {
  return leader<A>("maximum", a, b).apply("maximum", a, b);
}
/** The smaller of a and b, element by element; NaN wins. */
export function minimum<A extends Applies<A>>(a: A, b: A | number): A {
  return leader<A>("minimum", a, b).apply("minimum", a, b);
}
/** log(eᵃ + eᵇ) without overflow; `logAddExp(x, 0)` is softplus. */
export function logAddExp<A extends Applies<A>>(a: A, b: A | number): A {
  return leader<A>("logAddExp", a, b).apply("logAddExp", a, b);
}
/** a where the condition is not 0 (NaN is not), else b; all three broadcast. */
export function where<A extends Applies<A>>(condition: unknown, a: A | number, b: A | number): A {
  return leader<A>("where", condition, a, b).apply("where", condition as A, a, b);
}
/** 0 where x ≤ 0, else a (also where x is NaN), in one pass; both broadcast. What is asked of x has no derivative. PyTorch's `threshold_backward`. */
export function wherePositive<A extends Applies<A>>(x: unknown, a: A): A {
  return leader<A>("wherePositive", x, a).apply("wherePositive", x as A, a);
}
/** a + b · c, with broadcasting, in one pass. PyTorch's `addcmul`. */
export function addcmul<A extends Applies<A>>(a: A, b: A, c: A): A {
  return leader<A>("addcmul", a, b, c).apply("addcmul", a, b, c);
}
/** a + b · c + (d − center) · e, with broadcasting, in one pass. */
export function addcmul2<A extends Applies<A>>(a: A, b: A, c: A, d: A, e: A, center: A): A {
  return leader<A>("addcmul2", a, b, c, d, e, center).apply("addcmul2", a, b, c, d, e, center);
}
/**
 * input + a · b for matrices a (N, D) and b (D, M), with input (M,), or any shape that stretches to (N, M): a layer's x Wᵀ + b, to which the product
 * is added as it is computed, so that no pass adds the bias.
 * @throws ShapeError unless both are matrices, their inner lengths are equal, and input stretches
 * @see PyTorch's `torch.addmm`
 */
export function addmm<A extends Applies<A>>(input: A, a: A, b: A): A {
  return leader<A>("addmm", input, a, b).apply("addmm", input, a, b);
}
/** Σ a · b over `axis` (default: the last): `a.mul(b).sum(axis)` in one pass, for equal shapes. */
export function vecdot<A extends Applies<A>>(a: A, b: A, axis: Axis = -1, keepdims: boolean = false): A {
  return leader<A>("vecdot", a, b).apply("vecdot", a, b, axis, keepdims);
}
/**
 * (x − mean) / std, with broadcasting, in one pass. `axes`: over which mean and std are x's own, so that its gradient goes through them as
 * well; [] (default) where they are constants, as running statistics are.
 * @throws TypeError for a tensor as a constant: its gradient would be lost
 */
export function standardize<A extends Applies<A>>(
  x: A,
  mean: unknown,
  std: unknown,
  axes: readonly number[] = [],
): A {
  const array = leader<A>("standardize", x);
  checkConstants("standardize", axes, mean, std);
  return array.apply("standardize", x, mean as A, std as A, axes);
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
function checkConstants<A extends Applies<A>>(
  where: string,
  axes: readonly number[],
  ...given: unknown[]
): void {
  if (axes.length > 0 || given.every((x) => ((x as A | null)?.priority ?? 0) === 0)) return;
  throw new TypeError(
    `${where}: without axes mean and std are constants, and a tensor's gradient would be lost; pass its values (mean.data), or the axes over which they are x's own`,
  );
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
/** log Σ eˣ over `axis` (null: all), without overflow; −Infinity over nothing. */
export function logSumExp<A extends Applies<A>>(x: A, axis: Axis = null, keepdims: boolean = false): A {
  return leader<A>("logSumExp", x).apply("logSumExp", x, axis, keepdims);
}
/** eˣ / Σ eˣ along one axis, without overflow: positive numbers whose sum is 1. SciPy's `scipy.special.softmax`, PyTorch's `softmax`. */
export function softmax<A extends Applies<A>>(x: A, axis: number): A {
  return exp(logSoftmax(x, axis));
}
/** x − log Σ eˣ along one axis, without overflow: the logarithms of `softmax`. */
export function logSoftmax<A extends Applies<A>>(x: A, axis: number): A {
  return leader<A>("logSoftmax", x).apply("logSoftmax", x, axis);
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
/** x at integer positions along one axis; indices has x's shape but for that axis. NumPy's `take_along_axis`, PyTorch's `gather`. */
export function gather<A extends Applies<A>>(x: A, indices: unknown, axis: number): A {
  return leader<A>("gather", x).apply("gather", x, indices as A, axis);
}
/** Zeros of `shape`, with each x added at its index along one axis: the adjoint of `gather`. */
export function scatter<A extends Applies<A>>(
  x: A,
  indices: unknown,
  axis: number,
  shape: readonly number[],
): A {
  return leader<A>("scatter", x).apply("scatter", x, indices as A, axis, shape);
}
/** Zeros of `shape`, with x at the ranges: the adjoint of `slice`. */
export function unslice<A extends Applies<A>>(x: A, ranges: readonly Range[], shape: readonly number[]): A {
  return leader<A>("unslice", x).apply("unslice", x, ranges, shape);
}
/** x with `value` (default 0) added around it. `widths`: one [before, after] per axis, or one number for all. */
export function pad<A extends Applies<A> & { readonly shape: readonly number[] }>(
  x: A,
  widths: number | PadWidths,
  value: number = 0,
): A {
  const first = leader<A>("pad", x);
  const pairs = typeof widths === "number" ? x.shape.map(() => [widths, widths] as const) : widths;
  return first.apply("pad", x, pairs, value);
}
/**
 * The convolution of images x (N, C, H, W) with kernels `weight` (M, C/groups, KH, KW), at every position of the window: (N, M, OH, OW).
 * y[n, m] = Σ over c, i, j of weight[m, c, i, j] · im2col(x)[n, c, i, j]; groups of channels are convolved each by itself.
 */
export function conv2d<A extends Applies<A>>(x: A, weight: A, window: Window, groups: number = 1): A {
  return leader<A>("conv2d", x, weight).apply("conv2d", x, weight, window, groups);
}
/** Images (N, C, H, W) of a size, into which y (N, M, OH, OW) is spread by the kernels: the adjoint of `conv2d` in x. */
export function convTranspose2d<A extends Applies<A>>(
  y: A,
  weight: A,
  window: Window,
  groups: number,
  size: Pair,
): A {
  return leader<A>("convTranspose2d", y, weight).apply("convTranspose2d", y, weight, window, groups, size);
}
/** Kernels (M, C/groups, KH, KW): how y (N, M, OH, OW) goes with what each window sees of x, summed over all: the adjoint of `conv2d` in weight. */
export function conv2dWeight<A extends Applies<A>>(y: A, x: A, window: Window, groups: number = 1): A {
  return leader<A>("conv2dWeight", y, x).apply("conv2dWeight", y, x, window, groups);
}
/**
 * Every window of every image and channel, (N, C, H, W) → (N, C, KH, KW, OH, OW). `reshape(N, C·KH·KW, OH·OW)` makes it the matrix that
 * convolution multiplies. NumPy's `sliding_window_view`, copied; PyTorch's `unfold`.
 */
export function im2col<A extends Applies<A>>(x: A, window: Window): A {
  return leader<A>("im2col", x).apply("im2col", x, window);
}
/** Images (N, C, H, W) of a size, with every element of (N, C, KH, KW, OH, OW) added where its window saw it: the adjoint of `im2col`. */
export function col2im<A extends Applies<A>>(x: A, window: Window, size: Pair): A {
  return leader<A>("col2im", x).apply("col2im", x, window, size);
}
/** The largest element that each window sees, (N, C, H, W) → (N, C, OH, OW); what lies beyond the edge is none. */
export function maxPool2d<A extends Applies<A>>(x: A, window: Window): A {
  return leader<A>("maxPool2d", x).apply("maxPool2d", x, window);
}
/**
 * Zeros in the shape of images x, with each of y (N, C, OH, OW) added where its window of x has its largest element, of equals the first: the
 * adjoint of `maxPool2d` at x. What PyTorch's `max_unpool2d` makes of indices.
 */
export function maxUnpool2d<A extends Applies<A>>(y: A, x: unknown, window: Window): A {
  return leader<A>("maxUnpool2d", y).apply("maxUnpool2d", y, x as A, window);
}
/** Where each window has its largest element, of equals the first: positions in the flattened image, (N, C, H, W) → (N, C, OH, OW). */
export function argmaxPool<A extends Applies<A>>(x: A, window: Window): A {
  return leader<A>("argmaxPool", x).applyConstant("argmaxPool", x, window);
}
/** What a list of mixed kinds joins to: tensors if there is one, else arrays. */
export type Joined<A> = [Exclude<A, NDArray>] extends [never] ? A : Exclude<A, NDArray>;

/** Arrays joined along an axis that they have (default 0). */
export function concatenate<A extends Applies<A>>(xs: readonly A[], axis: number = 0): Joined<A> {
  return leader<A>("concatenate", ...xs).apply("concatenate", xs, axis) as Joined<A>;
}
/** Arrays of one shape joined along a new axis (default 0). */
export function stack<A extends Applies<A>>(xs: readonly A[], axis: number = 0): Joined<A> {
  return leader<A>("stack", ...xs).apply("stack", xs, axis) as Joined<A>;
}
