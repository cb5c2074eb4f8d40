import { type DType, floating, isFloat, promote } from "../dtype.ts";
import { engine, type TernaryName } from "../engine.ts";
import { ShapeError } from "../errors.ts";
import { NDArray } from "../ndarray.ts";
import { checkArray } from "../operand.ts";
import {
  type Axis,
  broadcastShapes,
  formatShape,
  normalizeAxes,
  reducedShape,
  sameShape,
  sizeOf,
} from "../shape.ts";
import { div, mul, sub } from "./elementwise.ts";
import { broadcastTo, reshape } from "./movement.ts";
import { mean, sum } from "./reductions.ts";

function ternary(op: TernaryName): (a: NDArray, b: NDArray, c: NDArray) => NDArray {
  return (...given) => {
    for (const x of given) checkArray(op, x);
    const dtype = floating(given.map((x) => x.dtype).reduce(promote));
    const shape = given.reduce<readonly number[]>((shape, x) => broadcastShapes(op, shape, x.shape), []);
    const out = NDArray.unfilled(shape, dtype);
    const [a, b, c] = given.map((x) => broadcastTo(x.astype(dtype), shape)) as [NDArray, NDArray, NDArray];
    engine().ternary(op, out, a, b, c);
    return out;
  };
}

export const addcmul: (a: NDArray, b: NDArray, c: NDArray) => NDArray = ternary("addcmul");
const centeredAndScaled = ternary("standardize");

export function standardize(x: NDArray, mean: NDArray, std: NDArray, axes: readonly number[]): NDArray {
  normalizeAxes("standardize", axes, x.ndim);
  return centeredAndScaled(x, mean, std);
}

/** Σ over axes: of the last run of neighbouring axes, if it ends at the last one, by `rowSums`; then of the others, in float64. */
function sumByRows(
  x: NDArray,
  axes: readonly number[],
  keepdims: boolean,
  dtype: DType,
  rowSums: (out: Float64Array, shape: readonly number[], length: number) => void,
): NDArray {
  const lastRun = axes.findLastIndex((a, i) => i > 0 && a !== (axes[i - 1] as number) + 1);
  const [others, run] = [axes.slice(0, Math.max(0, lastRun)), axes.slice(Math.max(0, lastRun))];
  const rows = NDArray.empty(reducedShape(x.shape, [...run], true), "float64");
  rowSums(rows.flat() as Float64Array, rows.shape, sizeOf(run.map((a) => x.shape[a] as number)));
  return reshape(sum(rows, others, true), reducedShape(x.shape, [...axes], keepdims)).astype(dtype);
}

/** Whether rows along the last of these axes lie one behind the other in memory. */
function endsAtRows(x: NDArray, axes: readonly number[]): boolean {
  return axes.length > 0 && axes.at(-1) === x.ndim - 1 && x.size > 0;
}

export function vecdot(a: NDArray, b: NDArray, axis: Axis, keepdims: boolean): NDArray {
  for (const x of [a, b]) checkArray("vecdot", x);
  if (!sameShape(a.shape, b.shape)) {
    throw new ShapeError(
      `vecdot: ${formatShape(a.shape)} and ${formatShape(b.shape)} must be equal; a.broadcastTo(b.shape) stretches`,
    );
  }
  const axes = normalizeAxes("vecdot", axis, a.ndim);
  const dtype = promote(a.dtype, b.dtype);
  if (!isFloat(dtype) || !endsAtRows(a, axes)) return sum(mul(a, b), axes, keepdims);
  const [x, y] = [a.astype(dtype).flat(), b.astype(dtype).flat()];
  return sumByRows(a, axes, keepdims, dtype, (out, _shape, length) =>
    engine().sumProducts(out, x, y, length),
  );
}

function variance(x: NDArray, center: NDArray | null, axis: Axis, keepdims: boolean): NDArray {
  checkArray("var", x);
  const floats = isFloat(x.dtype) ? x : x.astype("float64");
  const axes = normalizeAxes("var", axis, x.ndim);
  const own = center ?? mean(floats, axes, true);
  const { dtype } = floats;
  const shape = reducedShape(x.shape, axes, true);
  if (!sameShape(own.shape, shape))
    throw new ShapeError(
      `var: the mean has shape ${formatShape(own.shape)}, expected ${formatShape(shape)}: x.mean(axis, true)`,
    );
  const count = sizeOf(axes.map((a) => x.shape[a] as number));
  if (!endsAtRows(x, axes)) {
    const centered = sub(floats, own.astype(dtype));
    return div(sum(mul(centered, centered), axes, keepdims), count);
  }
  const values = floats.flat();
  const total = sumByRows(floats, axes, keepdims, dtype, (out, rows, length) =>
    engine().sumSquares(out, values, broadcastTo(own.astype(dtype), rows).flat(), length),
  );
  return div(total, count);
}

export { variance as var };
