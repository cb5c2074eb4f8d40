import type { DType, TypedArray } from "./dtype.ts";
import type { Updates } from "./update-signatures.ts";
import type { Columns, WindowGeometry } from "./window-geometry.ts";

export type FloatArray = Float64Array | Float32Array;
/** An operand of an element-wise method: flat memory with a shape, strides and an offset. */
export interface View {
  readonly data: TypedArray;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
  readonly size: number;
}

// biome-ignore format: one family a line
export type UnaryName =
  | "neg" | "abs" | "reciprocal" | "sqrt" | "sigmoid" | "tanh" | "erf"
  | "exp" | "expm1" | "log" | "log1p" | "log2" | "log10"
  | "sin" | "cos" | "tan" | "arcsin" | "arccos" | "arctan" | "sinh" | "cosh"
  | "sign" | "floor" | "ceil" | "trunc" | "rint" | "isfinite";
// biome-ignore format: one family a line
export type BinaryName =
  | "add" | "sub" | "mul" | "div" | "pow" | "maximum" | "minimum" | "logaddexp" | "wherePositive"
  | "greater" | "greaterEqual" | "less" | "lessEqual" | "equal" | "notEqual";
/** In this order: (a − b) / c; a + b · c; (a − b) · c + d; a + b · c + (d − f) · e. */
export type FusedName = "standardize" | "addcmul" | "normalize" | "addcmul2";
export type ReductionName = "sum" | "max" | "argmax" | "logsumexp";

/**
 * A 2-D operand of `gemm`, taken from a view's strides: rows start `ld` elements apart, and are the
 * columns if `transposed`.
 */
export interface Matrix {
  readonly data: FloatArray;
  readonly offset: number;
  readonly ld: number;
  readonly transposed: boolean;
}

/** Matrices of one shape, `step` elements apart; 0 repeats the same matrix. */
export interface Matrices extends Matrix {
  readonly step: number;
}

/** The sizes of one convolution besides the window's geometry; each group has `rows` kernels. */
export interface Convolution {
  readonly samples: number;
  readonly groups: number;
  /** M/G. */
  readonly rows: number;
  readonly geometry: WindowGeometry;
}

/**
 * All array arithmetic. `js` is the reference; another engine can replace it entirely and is tested
 * against it. An engine works on flat data and views, and knows nothing about arrays or gradients.
 */
export interface Engine {
  readonly name: string;
  /** Zero-filled memory. */
  allocate(dtype: DType, size: number): TypedArray;
  /** Uninitialised memory. The caller overwrites every element, so zeroing would waste a pass. */
  reserve(dtype: DType, size: number): TypedArray;
  /** out ← x, converting the dtype. */
  assign(out: View, x: View): void;
  /** out ← f(x), element by element. */
  unary(f: UnaryName, out: View, x: View): void;
  /** out ← f(a, b), element by element; b is a view or a number. */
  binary(f: BinaryName, out: View, a: View, b: View | number): void;
  /** out ← a where the condition is not 0, else b. */
  where(out: View, condition: View, a: View | number, b: View | number): void;
  /** out ← f(operands), element by element, in one pass. */
  fused(f: FusedName, out: View, operands: readonly View[]): void;
  /** out ← Σ x y for each row of contiguous x and y; rows are `length` long. Summed in float64. */
  sumProducts(out: Float64Array, x: TypedArray, y: TypedArray, length: number): void;
  /** sums ← Σ x, squares ← Σ (x − the row's mean)² for each row of contiguous x, in float64. */
  moments(sums: Float64Array, squares: Float64Array, x: TypedArray, length: number): void;
  /**
   * sums ← Σ x and products ← Σ x (y − center) for each row of contiguous x and y, with one center
   * per row. Summed in float64.
   */
  comoments(
    sums: Float64Array,
    products: Float64Array,
    x: TypedArray,
    y: TypedArray,
    centers: TypedArray,
    length: number,
  ): void;
  /** Reduces the middle axis of contiguous x (outer, length, inner) into out (outer, inner). Sums are kept in float64. */
  reduce(
    f: ReductionName,
    out: TypedArray,
    x: TypedArray,
    outer: number,
    length: number,
    inner: number,
  ): void;
  /** out ← −Σ t log softmax(x) for each row of contiguous x and t, with 0 · −∞ = 0, in float64. */
  softmaxCrossEntropy(out: TypedArray, x: TypedArray, t: TypedArray, length: number): void;
  /** out ← (softmax(x) · Σ t − t) · scale for each row, with one scale for all or one per row. */
  softmaxMinus(
    out: TypedArray,
    x: TypedArray,
    t: TypedArray,
    scale: TypedArray | number,
    length: number,
  ): void;
  /**
   * c (m, n) ← a (m, k) · b (k, n); c + a · b if `add` is true; row + a · b if it is a row (n). c
   * is contiguous, and all have one dtype.
   */
  gemm(
    m: number,
    n: number,
    k: number,
    a: Matrix,
    b: Matrix,
    c: FloatArray,
    add?: boolean | FloatArray,
  ): void;
  /**
   * `count` products of one shape, c (count, m, n) ← a (count, m, k) · b (count, k, n), each with
   * `this.gemm`. c is contiguous, and all have one dtype.
   */
  gemmBatch(
    this: Engine,
    count: number,
    sizes: readonly [m: number, n: number, k: number],
    a: Matrices,
    b: Matrices,
    c: FloatArray,
  ): void;
  /**
   * A buffer for the patches of one image at a time; valid until the next call of `columns`,
   * `largest` or `unpool`.
   */
  columns(dtype: DType, geometry: WindowGeometry): Columns;
  /** out (samples, C·KH·KW, OH·OW) ← the patches of contiguous images x (samples, C, H, W). */
  im2col(this: Engine, out: TypedArray, x: TypedArray, geometry: WindowGeometry, samples: number): void;
  /**
   * Images out (samples, C, H, W) ← all elements of contiguous x (samples, C·KH·KW, OH·OW), each
   * added at the pixel it came from.
   */
  col2im(this: Engine, out: TypedArray, x: TypedArray, geometry: WindowGeometry, samples: number): void;
  /**
   * ⟨y, conv(x, w)⟩ is linear in y, in x and in w. Writes into the operand named by `into` the
   * array that it is multiplied by. All are contiguous and of one dtype: x (N, C, H, W), w (M, C/G,
   * KH, KW), y (N, M, OH, OW). Matrix products are computed with `this.gemm`.
   */
  convolve(
    this: Engine,
    into: "y" | "x" | "w",
    sizes: Convolution,
    x: FloatArray,
    w: FloatArray,
    y: FloatArray,
  ): void;
  /**
   * Finds the largest element of every window on every plane of contiguous x (planes, H, W): the
   * first one in a tie, and NaN before all others. Its value goes into `out`, its index in the
   * plane into `winners`; either can be null. Every window must cover an element.
   */
  largest(
    x: TypedArray,
    geometry: WindowGeometry,
    planes: number,
    out: TypedArray | null,
    winners: Int32Array | null,
  ): void;
  /**
   * out (planes, H, W) ← 0, then each element of y (planes, OH, OW) is added at the largest element
   * of its window on contiguous x, which has out's shape.
   */
  unpool(out: TypedArray, y: TypedArray, x: TypedArray, geometry: WindowGeometry, planes: number): void;
  /** y ← y + scale · x. */
  addInPlace(y: TypedArray, x: TypedArray, scale: number): void;
  /**
   * out (outer, n, inner) ← 0, then contiguous x (outer, length, inner) is added along the middle
   * axis at the indices, which are all in 0 … n − 1.
   */
  scatter(
    out: TypedArray,
    x: TypedArray,
    indices: TypedArray,
    outer: number,
    length: number,
    n: number,
    inner: number,
  ): void;
  /** The one-pass update of each optimizer: p and its state arrays ← their next values. */
  readonly updates: Updates<TypedArray>;
}
