import type { DType, TypedArray } from "./dtype.ts";
import type { Updates } from "./update-signatures.ts";
import type { Columns, WindowGeometry } from "./window-geometry.ts";

export type FloatArray = Float64Array | Float32Array;
/** What the engine reads and writes element by element: flat memory seen through shape, strides and offset. */
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
  | "neg" | "exp" | "expm1" | "log" | "sqrt" | "abs" | "sigmoid" | "tanh" | "erf" | "sign" | "isfinite";
// biome-ignore format: one family a line
export type BinaryName =
  | "add" | "sub" | "mul" | "div" | "pow" | "maximum" | "minimum" | "logaddexp" | "wherePositive"
  | "greater" | "greaterEqual" | "less" | "lessEqual" | "equal" | "notEqual";
/** (a − b) / c; a + b · c; (a − b) · c + d; a + b · c + (d − f) · e. */
export type FusedName = "standardize" | "addcmul" | "normalize" | "addcmul2";
export type ReductionName = "sum" | "max" | "argmax" | "logsumexp";

/** A 2-D operand of `gemm`, straight from a view's strides: rows of length `ld`, read as its transpose if `transposed`. */
export interface Matrix {
  readonly data: FloatArray;
  readonly offset: number;
  readonly ld: number;
  readonly transposed: boolean;
}

/** Matrices of one shape, each `step` elements behind the one before; 0 where all are the same. */
export interface Matrices extends Matrix {
  readonly step: number;
}

/** The lengths of one convolution, beside what the window sees: in each group `rows` kernels. */
export interface Convolution {
  readonly samples: number;
  readonly groups: number;
  /** M/G. */
  readonly rows: number;
  readonly geometry: WindowGeometry;
}

/**
 * Everything that touches many numbers at once. `js` is the reference; another engine may replace it whole, and is
 * tested against it. An engine knows flat data and views, never arrays or gradients.
 */
export interface Engine {
  readonly name: string;
  /** Zeros. */
  allocate(dtype: DType, size: number): TypedArray;
  /** Memory that holds anything, of which every element is about to be written: not to be zeroed saves a write. */
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
  /** Of every row of contiguous x and y, `length` long, Σ x y; kept in float64. */
  sumProducts(out: Float64Array, x: TypedArray, y: TypedArray, length: number): void;
  /** Of every row of contiguous x, `length` long, Σ x, and Σ (x − the row's mean)²; kept in float64. */
  moments(sums: Float64Array, squares: Float64Array, x: TypedArray, length: number): void;
  /** Of every row of contiguous x and y Σ x, and Σ x (y − center), with the row's own center; kept in float64. */
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
  /** Of every row of contiguous x and t, `length` long, −Σ t log softmax(x), where 0 · −∞ is 0; summed in float64. */
  softmaxCrossEntropy(out: TypedArray, x: TypedArray, t: TypedArray, length: number): void;
  /** out ← (softmax(x) · Σ t − t) · scale for the same rows, with one scale for all, or for each its own. */
  softmaxMinus(
    out: TypedArray,
    x: TypedArray,
    t: TypedArray,
    scale: TypedArray | number,
    length: number,
  ): void;
  /** c (m, n) ← a (m, k) · b (k, n), with `add` true c + a · b, with a row (n) row + a · b; c is contiguous and all have one dtype. */
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
   * `count` products of one shape, c (count, m, n) ← a (count, m, k) · b (count, k, n), by the `gemm` of the engine it is called on. c is contiguous
   * and all have one dtype.
   */
  gemmBatch(
    this: Engine,
    count: number,
    sizes: readonly [m: number, n: number, k: number],
    a: Matrices,
    b: Matrices,
    c: FloatArray,
  ): void;
  /** A place for what a window sees of one image at a time; good until the next columns, or the largest, are asked for. */
  columns(dtype: DType, geometry: WindowGeometry): Columns;
  /** out (samples, C·KH·KW, OH·OW) ← what the window sees of contiguous images x (samples, C, H, W). */
  im2col(this: Engine, out: TypedArray, x: TypedArray, geometry: WindowGeometry, samples: number): void;
  /** Images out (samples, C, H, W) ← every element of contiguous x (samples, C·KH·KW, OH·OW), added where its window saw it. */
  col2im(this: Engine, out: TypedArray, x: TypedArray, geometry: WindowGeometry, samples: number): void;
  /**
   * ⟨y, conv(x, w)⟩ is linear in y, in x and in w: into the operand that is named goes the array that it is multiplied with. All are contiguous
   * and of one dtype: x (N, C, H, W), w (M, C/G, KH, KW), y (N, M, OH, OW). By the matrix products of the engine it is called on.
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
   * Of every window on every plane of contiguous x (planes, H, W) the largest element, of equals the first and before all NaN: its value
   * into `out`, its place in the plane into `winners`; either may be null. No window sees nothing.
   */
  largest(
    x: TypedArray,
    geometry: WindowGeometry,
    planes: number,
    out: TypedArray | null,
    winners: Int32Array | null,
  ): void;
  /** out (planes, H, W) ← 0, and y (planes, OH, OW) added where the windows on contiguous x, of out's shape, have their largest. */
  unpool(out: TypedArray, y: TypedArray, x: TypedArray, geometry: WindowGeometry, planes: number): void;
  /** y ← y + scale · x. */
  addInPlace(y: TypedArray, x: TypedArray, scale: number): void;
  /** out (outer, n, inner) ← 0, and contiguous x (outer, length, inner) added where the indices, all in 0 … n − 1, say along the middle axis. */
  scatter(
    out: TypedArray,
    x: TypedArray,
    indices: TypedArray,
    outer: number,
    length: number,
    n: number,
    inner: number,
  ): void;
  /** One pass over a parameter for each optimizer, by name: p and the state's arrays ← their next values. */
  readonly updates: Updates<TypedArray>;
}
