import { engine } from "../current-engine.ts";
import { type DType, floating, isFloat, promote } from "../dtype.ts";
import type { FusedName } from "../engine.ts";
import { ShapeError } from "../errors.ts";
import { NDArray } from "../ndarray.ts";
import { checkArray } from "../operand.ts";
import {
  type Axis,
  broadcastShapes,
  checkKeepdims,
  formatShape,
  normalizeAxes,
  reducedShape,
  sameShape,
  sizeOf,
} from "../shape.ts";
import { add, div, mul, sub } from "./elementwise.ts";
import { stack } from "./joining.ts";
import { broadcastTo, reshape } from "./movement.ts";
import { mean, sum } from "./reductions.ts";
import { slice } from "./slicing.ts";

function fused(op: FusedName, ...given: readonly NDArray[]): NDArray {
  for (const x of given) checkArray(op, x);
  const dtype = floating(given.map((x) => x.dtype).reduce(promote));
  const shape = given.reduce<readonly number[]>((shape, x) => broadcastShapes(op, shape, x.shape), []);
  const out = NDArray.unfilled(shape, dtype);
  const operands = given.map((x) => broadcastTo(x.astype(dtype), shape));
  engine().fused(op, out, operands);
  return out;
}

export function addcmul(a: NDArray, b: NDArray, c: NDArray): NDArray {
  return fused("addcmul", a, b, c);
}

export function addcmul2(
  a: NDArray,
  b: NDArray,
  c: NDArray,
  d: NDArray,
  e: NDArray,
  center: NDArray,
): NDArray {
  return fused("addcmul2", a, b, c, d, e, center);
}

export function standardize(x: NDArray, center: NDArray, std: NDArray, axes: readonly number[]): NDArray {
  normalizeAxes("standardize", axes, x.ndim);
  return fused("standardize", x, center, std);
}

export function normalize(
  xs: readonly NDArray[],
  center: NDArray,
  std: NDArray,
  axes: readonly number[],
): NDArray {
  const [x, weight, bias] = xs as readonly [NDArray, NDArray, NDArray];
  for (const given of [x, weight, bias, center, std]) checkArray("normalize", given);
  const along = normalizeAxes("normalize", axes, x.ndim);
  const shape = axes.length > 0 ? reducedShape(x.shape, along, true) : center.shape;
  const fits = shape.length === x.ndim && sameShape(broadcastShapes("normalize", x.shape, shape), x.shape);
  if (!fits || [weight, bias, center, std].some((given) => !sameShape(given.shape, shape))) {
    throw new ShapeError(
      `normalize: x ${formatShape(x.shape)} with weight ${formatShape(weight.shape)}, bias ${formatShape(bias.shape)}, mean ${formatShape(center.shape)} and std ${formatShape(std.shape)}; expected all four to have the shape of x.mean(axes, true)${axes.length > 0 ? `, ${formatShape(shape)}` : ""}`,
    );
  }
  return fused("normalize", x, center, div(weight, std), bias);
}

/**
 * Adjacent axes that end with the last one form rows that are consecutive in memory; `others` are
 * the other axes to reduce.
 */
interface Rows {
  readonly others: readonly number[];
  /** The shape of an array with one number per row. */
  readonly shape: readonly number[];
  readonly length: number;
}

/** The rows along these axes; null if the last axis is not among them, or x is empty. */
function rowsAlong(x: NDArray, axes: readonly number[]): Rows | null {
  if (axes.length === 0 || axes.at(-1) !== x.ndim - 1 || x.size === 0) return null;
  const lastRun = Math.max(
    0,
    axes.findLastIndex((a, i) => i > 0 && a !== (axes[i - 1] as number) + 1),
  );
  const [others, run] = [axes.slice(0, lastRun), axes.slice(lastRun)];
  return { others, shape: reducedShape(x.shape, run, true), length: lengthOf(x, run) };
}

function lengthOf(x: NDArray, axes: readonly number[]): number {
  return sizeOf(axes.map((a) => x.shape[a] as number));
}

/** An array with one float64 number per row. */
function sums({ shape }: Rows): NDArray {
  return NDArray.empty(shape, "float64");
}

function float64s(x: NDArray): Float64Array {
  return x.flat() as Float64Array;
}

export function vecdot(a: NDArray, b: NDArray, axis: Axis, keepdims: boolean): NDArray {
  for (const x of [a, b]) checkArray("vecdot", x);
  checkKeepdims("vecdot", keepdims);
  checkEqual("vecdot", a, b);
  const axes = normalizeAxes("vecdot", axis, a.ndim);
  const dtype = promote(a.dtype, b.dtype);
  const rows = isFloat(dtype) ? rowsAlong(a, axes) : null;
  if (!rows) return sum(mul(a, b), axes, keepdims);
  const products = sums(rows);
  engine().sumProducts(float64s(products), values(a, dtype), values(b, dtype), rows.length);
  return reshape(sum(products, rows.others, true), reducedShape(a.shape, axes, keepdims)).astype(dtype);
}

function checkEqual(op: string, a: NDArray, b: NDArray): void {
  if (sameShape(a.shape, b.shape)) return;
  throw new ShapeError(
    `${op}: shapes ${formatShape(a.shape)} and ${formatShape(b.shape)} must be equal; a.broadcastTo(b.shape) broadcasts a`,
  );
}

function values(x: NDArray, dtype: DType): ReturnType<NDArray["flat"]> {
  return x.astype(dtype).flat();
}

/**
 * In one pass: Σ (x − mean)² = Σ over rows of (M + length · (row's mean − mean)²), where M is the
 * row's sum of squares around its own mean.
 */
export function moments(x: NDArray, axes: readonly number[]): NDArray {
  checkArray("moments", x);
  const dtype = floating(x.dtype);
  const along = normalizeAxes("moments", axes, x.ndim);
  const count = lengthOf(x, along);
  const rows = rowsAlong(x, along);
  if (!rows) {
    const center = mean(x, along, true);
    const away = sub(x.astype(dtype), center);
    return stack([center, div(sum(mul(away, away), along, true), count)], 0);
  }
  const [total, squares] = [sums(rows), sums(rows)];
  engine().moments(float64s(total), float64s(squares), values(x, dtype), rows.length);
  const center = div(sum(total, rows.others, true), count);
  const away = sub(div(total, rows.length), center);
  const spread = add(squares, mul(mul(away, away), rows.length));
  return stack([center, div(sum(spread, rows.others, true), count)], 0).astype(dtype);
}

function variance(x: NDArray, axis: Axis, keepdims: boolean): NDArray {
  checkArray("var", x);
  checkKeepdims("var", keepdims);
  const axes = normalizeAxes("var", axis, x.ndim);
  return reshape(slice(moments(x, axes), [1]), reducedShape(x.shape, axes, keepdims));
}

export function comoments(x: NDArray, y: NDArray, center: NDArray, axes: readonly number[]): NDArray {
  for (const given of [x, y, center]) checkArray("comoments", given);
  checkEqual("comoments", x, y);
  const along = normalizeAxes("comoments", axes, x.ndim);
  if (!sameShape(center.shape, reducedShape(x.shape, along, true))) {
    throw new ShapeError(
      `comoments: the center has shape ${formatShape(center.shape)}, expected ${formatShape(reducedShape(x.shape, along, true))}: y.mean(axes, true)`,
    );
  }
  const dtype = floating([x, y, center].map((given) => given.dtype).reduce(promote));
  const rows = rowsAlong(x, along);
  if (!rows) return stack([sum(x, along, true), sum(mul(x, sub(y, center)), along, true)], 0).astype(dtype);
  const [total, products] = [sums(rows), sums(rows)];
  const centers = values(broadcastTo(center, rows.shape), dtype);
  engine().comoments(
    float64s(total),
    float64s(products),
    values(x, dtype),
    values(y, dtype),
    centers,
    rows.length,
  );
  return stack([sum(total, rows.others, true), sum(products, rows.others, true)], 0).astype(dtype);
}

export { variance as var };
