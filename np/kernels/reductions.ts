import { describe } from "../arguments/describe.ts";
import { engine } from "../current-engine.ts";
import { type DType, floating, isFloat } from "../dtype.ts";
import type { ReductionName } from "../engine.ts";
import { NDArray } from "../ndarray.ts";
import {
  type Axis,
  byPosition,
  checkKeepdims,
  formatShape,
  normalizeAxes,
  reducedShape,
  sizeOf,
} from "../shape.ts";
import { div, equal, neg, sub, where } from "./elementwise.ts";
import { reshape } from "./movement.ts";

/**
 * One pass over (outer, length, inner) for each run of adjacent axes, the last run first. Sums stay
 * in float64 until the end.
 */
function reduce(op: ReductionName, x: NDArray, axis: Axis, keepdims: boolean, dtype: DType): NDArray {
  checkKeepdims(op, keepdims);
  const axes = normalizeAxes(op, axis, x.ndim);
  const gap = axes.findLastIndex((a, i) => i > 0 && a !== (axes[i - 1] as number) + 1);
  if (gap > 0) {
    const partial = reduce(op, x, axes.slice(gap), true, isFloat(dtype) ? "float64" : dtype);
    return reshape(
      reduce(op, partial, axes.slice(0, gap), true, dtype),
      reducedShape(x.shape, axes, keepdims),
    );
  }
  const first = axes[0] ?? 0;
  const length = sizeOf(axes.map((a) => x.shape[a] as number));
  const outer = sizeOf(x.shape.slice(0, first));
  const inner = sizeOf(x.shape.slice(first + axes.length));
  if ((op === "max" || op === "argmax") && length === 0) {
    throw new RangeError(
      `${op}: nothing to choose from: shape ${formatShape(x.shape)} has no elements along that axis`,
    );
  }
  const out = NDArray.empty(reducedShape(x.shape, axes, keepdims), dtype);
  engine().reduce(op, out.flat(), x.flat(), outer, length, inner);
  return out;
}

export function sum(x: NDArray, axis: Axis, keepdims: boolean): NDArray {
  return reduce("sum", x, axis, keepdims, floating(x.dtype));
}

export function mean(x: NDArray, axis: Axis, keepdims: boolean): NDArray {
  const total = sum(x, axis, keepdims);
  return div(total, x.size / total.size);
}

export function max(x: NDArray, axis: number | null, keepdims: boolean): NDArray {
  checkOneAxis("max", axis);
  return reduce("max", x, axis, keepdims, x.dtype);
}

export function argmax(x: NDArray, axis: number | null, keepdims: boolean): NDArray {
  checkOneAxis("argmax", axis);
  return reduce("argmax", x, axis, keepdims, "int32");
}

/** −max(−x). Integers go through float64, which holds them all: −x wraps around in uint8 and at int32's minimum. */
export function min(x: NDArray, axis: number | null, keepdims: boolean): NDArray {
  checkOneAxis("min", axis);
  const opposite = negated(x);
  return neg(reduce("max", opposite, axis, keepdims, opposite.dtype)).astype(x.dtype);
}

export function argmin(x: NDArray, axis: number | null, keepdims: boolean): NDArray {
  checkOneAxis("argmin", axis);
  return reduce("argmax", negated(x), axis, keepdims, "int32");
}

function negated(x: NDArray): NDArray {
  return neg(isFloat(x.dtype) ? x : x.astype("float64"));
}

function checkOneAxis(op: string, axis: unknown): void {
  if (axis === null || typeof axis === "number") return;
  throw new TypeError(
    `${op}: axis is ${describe(axis)}; expected one whole number, or null for all axes${byPosition(axis)}`,
  );
}

/** log Σ eˣ. */
export function logsumexp(x: NDArray, axis: Axis, keepdims: boolean): NDArray {
  return reduce("logsumexp", isFloat(x.dtype) ? x : x.astype("float64"), axis, keepdims, floating(x.dtype));
}

/** A row with +Infinity has no softmax: Infinity / Infinity is NaN, and all of the row is. */
export function logSoftmax(x: NDArray, axis: number): NDArray {
  normalizeAxes("logSoftmax", axis, x.ndim);
  const total = logsumexp(x, axis, true);
  return sub(x, where(equal(total, Number.POSITIVE_INFINITY), Number.NaN, total));
}
