import { type Applies, checkConstants, leader, leaderOf } from "./leader.ts";
import type { NDArray } from "./ndarray.ts";
import type { Axis } from "./shape.ts";
import type { PadWidths, Range } from "./signatures.ts";
import type { Pair, Window } from "./window.ts";

export type { Applies } from "./leader.ts";

/**
 * eˣ.
 * @example exp(array([0, 1])) // [1, 2.7183]
 */
export function exp<A extends Applies<A>>(x: A): A {
  return leader<A>("exp", x).apply("exp", x);
}
/** eˣ − 1, exact near 0, where eˣ rounds to 1. */
export function expm1<A extends Applies<A>>(x: A): A {
  return leader<A>("expm1", x).apply("expm1", x);
}
/**
 * The natural logarithm; −Infinity at 0, NaN below.
 * @example log(array([1, 10])) // [0, 2.3026]
 */
export function log<A extends Applies<A>>(x: A): A {
  return leader<A>("log", x).apply("log", x);
}
/**
 * √x; NaN below 0.
 * @example sqrt(array([4, 2])) // [2, 1.4142]
 */
export function sqrt<A extends Applies<A>>(x: A): A {
  return leader<A>("sqrt", x).apply("sqrt", x);
}
/**
 * |x|.
 * @example abs(array([-3, 3])) // [3, 3]
 */
export function abs<A extends Applies<A>>(x: A): A {
  return leader<A>("abs", x).apply("abs", x);
}
/**
 * The logistic function 1 / (1 + e⁻ˣ), without overflow.
 * @example sigmoid(array([-1, 0, 1])) // [0.2689, 0.5, 0.7311]
 */
export function sigmoid<A extends Applies<A>>(x: A): A {
  return leader<A>("sigmoid", x).apply("sigmoid", x);
}
/**
 * (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ).
 * @example tanh(array([-1, 0, 1])) // [-0.7616, 0, 0.7616]
 */
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
/**
 * The larger of a and b, element by element; NaN wins.
 * @example maximum(array([-1, 2]), 0) // [0, 2]
 */
export function maximum<A extends Applies<A>>(a: A, b: A | number): A {
  return leader<A>("maximum", a, b).apply("maximum", a, b);
}
/** The smaller of a and b, element by element; NaN wins. */
export function minimum<A extends Applies<A>>(a: A, b: A | number): A {
  return leader<A>("minimum", a, b).apply("minimum", a, b);
}
/** log(eᵃ + eᵇ) without overflow; `logaddexp(x, 0)` is softplus. */
export function logaddexp<A extends Applies<A>>(a: A, b: A | number): A {
  return leader<A>("logaddexp", a, b).apply("logaddexp", a, b);
}
/**
 * a where the condition is not 0 (NaN counts as not 0), else b; all three broadcast.
 * @example
 * const x = array([-1, 2]);
 * where(x.greater(0), x, 0) // [0, 2]
 */
export function where<A extends Applies<A>>(condition: unknown, a: A | number, b: A | number): A {
  return leader<A>("where", condition, a, b).apply("where", condition as A, a, b);
}
/** a + b · c, with broadcasting, in one pass. PyTorch's `addcmul`. */
export function addcmul<A extends Applies<A>>(a: A, b: A, c: A): A {
  return leader<A>("addcmul", a, b, c).apply("addcmul", a, b, c);
}
/**
 * input + a · b for matrices a (N, D) and b (D, M); input is (M,), or any shape that broadcasts to
 * (N, M). It is a layer's x Wᵀ + b: the bias is added while the product is computed, without a pass
 * of its own.
 * @throws ShapeError unless both are matrices, their inner lengths are equal, and input broadcasts
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
 * (x − mean) / std, with broadcasting, in one pass. `axes`: the axes over which mean and std were
 * computed from x, so that its gradient flows through them too; [] (default) if they are constants,
 * such as running statistics.
 * @throws TypeError if a constant is a tensor, whose gradient would be lost
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
 * log Σ eˣ over `axis` (null: all), without overflow; −Infinity if there are no elements.
 * @example logsumexp(array([1000, 1000])) // 1000.6931
 */
export function logsumexp<A extends Applies<A>>(x: A, axis: Axis = null, keepdims: boolean = false): A {
  return leader<A>("logsumexp", x).apply("logsumexp", x, axis, keepdims);
}
/**
 * eˣ / Σ eˣ along one axis, without overflow: positive numbers whose sum is 1. SciPy's `scipy.special.softmax`, PyTorch's `softmax`.
 * @example softmax(array([1, 2, 3]), 0) // [0.09, 0.2447, 0.6652]
 */
export function softmax<A extends Applies<A>>(x: A, axis: number): A {
  return exp(logSoftmax(x, axis));
}
/**
 * x − log Σ eˣ along one axis, without overflow: the logarithms of `softmax`.
 * @example logSoftmax(array([1, 2, 3]), 0) // [-2.4076, -1.4076, -0.4076]
 */
export function logSoftmax<A extends Applies<A>>(x: A, axis: number): A {
  return leader<A>("logSoftmax", x).apply("logSoftmax", x, axis);
}
/**
 * The elements of x at integer positions along one axis; `indices` has x's shape except along that
 * axis. NumPy's `take_along_axis`, PyTorch's `gather`.
 * @example gather(array([[1, 2], [3, 4]]), array([[1], [0]], { dtype: "int32" }), 1) // [[2], [3]]
 */
export function gather<A extends Applies<A>>(x: A, indices: unknown, axis: number): A {
  return leader<A>("gather", x).apply("gather", x, indices as A, axis);
}
/**
 * Zeros of `shape`, with each element of x added at its index along one axis: the adjoint of
 * `gather`.
 */
export function scatter<A extends Applies<A>>(
  x: A,
  indices: unknown,
  axis: number,
  shape: readonly number[],
): A {
  return leader<A>("scatter", x).apply("scatter", x, indices as A, axis, shape);
}
/** Zeros of `shape`, with x written into the ranges: the adjoint of `slice`. */
export function unslice<A extends Applies<A>>(x: A, ranges: readonly Range[], shape: readonly number[]): A {
  return leader<A>("unslice", x).apply("unslice", x, ranges, shape);
}
/**
 * x with `value` (default 0) added around it. `widths`: one [before, after] per axis, or one number for all.
 * @example pad(array([1, 2]), 1) // [0, 1, 2, 0]
 */
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
/** The type that a list of mixed kinds joins to: tensors if there is one, else arrays. */
export type Joined<A> = [Exclude<A, NDArray>] extends [never] ? A : Exclude<A, NDArray>;

/**
 * Joins arrays along an existing axis (default 0).
 * @example concatenate([array([1, 2]), array([3])]) // [1, 2, 3]
 */
export function concatenate<A extends Applies<A>>(xs: readonly A[], axis: number = 0): Joined<A> {
  return leaderOf<A>("concatenate", xs).apply("concatenate", xs, axis) as Joined<A>;
}
/**
 * Joins arrays of one shape along a new axis (default 0).
 * @example stack([array([1, 2]), array([3, 4])]) // [[1, 2], [3, 4]]
 */
export function stack<A extends Applies<A>>(xs: readonly A[], axis: number = 0): Joined<A> {
  return leaderOf<A>("stack", xs).apply("stack", xs, axis) as Joined<A>;
}
