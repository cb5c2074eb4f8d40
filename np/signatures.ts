import type { DType } from "./dtype.ts";
import type { Axis } from "./shape.ts";
import type { Pair, Window } from "./window.ts";

/** One axis of `slice`: null is all of it, a number picks one index and drops the axis, [start, stop, step] as in Python. */
export type Range =
  | null
  | number
  | readonly [start?: number | null, stop?: number | null, step?: number | null];

/**
 * One entry of `slice` and `set`: a range, or an array as in NumPy's indexing. A uint8 array is a mask of 0 and 1 over
 * as many axes as it has; any other array holds positions along one axis; -1 is the last.
 */
export type Index<A> = Range | A;

/** `pad`'s widths: how many elements before and after, one pair per axis. */
export type PadWidths = readonly (readonly [before: number, after: number])[];

/**
 * Every primitive that has a derivative: array arguments first, attributes after them.
 * `A` is an array that gets a gradient, `C` one that is constant by nature (a mask, an index).
 * The tape's derivative sheet, `autograd/ops`, has one rule for each `A` of a line.
 */
export interface Signatures<A, C = A> {
  add: [a: A, b: A | number];
  sub: [a: A, b: A | number];
  mul: [a: A, b: A | number];
  div: [a: A, b: A | number];
  pow: [x: A, exponent: A | number];
  maximum: [a: A, b: A | number];
  minimum: [a: A, b: A | number];
  clip: [x: A, min: number | null, max: number | null];
  logaddexp: [a: A, b: A | number];
  neg: [x: A];
  exp: [x: A];
  expm1: [x: A];
  log: [x: A];
  log1p: [x: A];
  log2: [x: A];
  log10: [x: A];
  sqrt: [x: A];
  abs: [x: A];
  reciprocal: [x: A];
  sigmoid: [x: A];
  tanh: [x: A];
  erf: [x: A];
  sin: [x: A];
  cos: [x: A];
  tan: [x: A];
  arcsin: [x: A];
  arccos: [x: A];
  arctan: [x: A];
  sinh: [x: A];
  cosh: [x: A];
  astype: [x: A, dtype: DType];
  where: [condition: C, a: A | number, b: A | number];
  wherePositive: [x: C, a: A];
  addcmul: [a: A, b: A, c: A];
  addcmul2: [a: A, b: A, c: A, d: A, e: A, center: A];
  sum: [x: A, axis: Axis, keepdims: boolean];
  mean: [x: A, axis: Axis, keepdims: boolean];
  prod: [x: A, axis: Axis, keepdims: boolean];
  cumsum: [x: A, axis: number];
  linearRecurrence: [a: A, b: A, axis: number];
  max: [x: A, axis: number | null, keepdims: boolean];
  min: [x: A, axis: number | null, keepdims: boolean];
  logsumexp: [x: A, axis: Axis, keepdims: boolean];
  logSoftmax: [x: A, axis: number];
  softmaxCrossEntropy: [logits: A, t: A, axis: number];
  softmaxMinus: [logits: A, t: A, scale: A | number, axis: number];
  vecdot: [a: A, b: A, axis: Axis, keepdims: boolean];
  var: [x: A, axis: Axis, keepdims: boolean];
  moments: [x: A, axes: readonly number[]];
  comoments: [x: A, y: A, center: A, axes: readonly number[]];
  standardize: [x: A, mean: C, std: C, axes: readonly number[]];
  normalize: [xs: readonly A[], mean: C, std: C, axes: readonly number[]];
  matmul: [a: A, b: A];
  addmm: [input: A, a: A, b: A];
  tril: [x: A, k: number];
  triu: [x: A, k: number];
  transpose: [x: A, axes: readonly number[]];
  reshape: [x: A, shape: readonly number[]];
  broadcastTo: [x: A, shape: readonly number[]];
  slice: [x: A, index: readonly Index<C>[]];
  unslice: [x: A, index: readonly Index<C>[], shape: readonly number[]];
  pad: [x: A, widths: PadWidths, value: number];
  gather: [x: A, indices: C, axis: number];
  scatter: [x: A, indices: C, axis: number, shape: readonly number[]];
  conv2d: [x: A, weight: A, window: Window, groups: number];
  convTranspose2d: [y: A, weight: A, window: Window, groups: number, size: Pair];
  conv2dWeight: [y: A, x: A, window: Window, groups: number];
  im2col: [x: A, window: Window];
  col2im: [x: A, window: Window, size: Pair];
  maxPool2d: [x: A, window: Window];
  maxUnpool2d: [y: A, x: C, window: Window];
  concatenate: [xs: readonly A[], axis: number];
  stack: [xs: readonly A[], axis: number];
}

/** Functions whose derivative is zero wherever it exists: masks, signs and indices. Their results are constants. */
export interface ConstantSignatures<A> {
  greater: [a: A, b: A | number];
  greaterEqual: [a: A, b: A | number];
  less: [a: A, b: A | number];
  lessEqual: [a: A, b: A | number];
  equal: [a: A, b: A | number];
  notEqual: [a: A, b: A | number];
  sign: [x: A];
  isfinite: [x: A];
  floor: [x: A];
  ceil: [x: A];
  trunc: [x: A];
  rint: [x: A];
  argmax: [x: A, axis: number | null, keepdims: boolean];
  argmin: [x: A, axis: number | null, keepdims: boolean];
  argsort: [x: A, axis: number, descending: boolean];
  argmaxPool: [x: A, window: Window];
}

export type OpName = keyof Signatures<unknown>;
export type ConstantName = keyof ConstantSignatures<unknown>;
