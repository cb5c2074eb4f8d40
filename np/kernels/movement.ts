import { describe } from "../arguments/describe.ts";
import { ShapeError } from "../errors.ts";
import type { NDArray } from "../ndarray.ts";
import {
  checkShape,
  contiguousStrides,
  formatShape,
  normalizeAxis,
  resolveShape,
  sameShape,
} from "../shape.ts";

export function transpose(x: NDArray, axes: readonly number[]): NDArray {
  if (!Array.isArray(axes)) {
    throw new TypeError(
      `transpose: axes is ${describe(axes)}; expected the new order of all axes as a list: x.transpose([1, 0])`,
    );
  }
  const order = axes.map((axis) => normalizeAxis("transpose", axis, x.ndim));
  if (order.length !== x.ndim || new Set(order).size !== x.ndim) {
    throw new RangeError(
      `transpose: axes [${axes}] are not a permutation of the ${x.ndim} axes of shape ${formatShape(x.shape)}; name each axis once, in the new order`,
    );
  }
  const pick = (from: readonly number[]): number[] => order.map((axis) => from[axis] as number);
  return x.viewAs(pick(x.shape), pick(x.strides), x.offset);
}

/** A view if the elements are in order, else a copy. */
export function reshape(x: NDArray, shape: readonly number[]): NDArray {
  const wanted = resolveShape("reshape", shape, x.shape);
  if (sameShape(wanted, x.shape)) return x.viewAs(wanted, x.strides, x.offset);
  if (x.size > 1 && x.strides.every((stride) => stride === 0))
    return x.viewAs(wanted, Array(wanted.length).fill(0), x.offset); // one number everywhere
  const source = x.isContiguous ? x : x.copy();
  return source.viewAs(wanted, contiguousStrides(wanted), source.offset);
}

/** A view whose stretched axes have stride 0. */
export function broadcastTo(x: NDArray, shape: readonly number[]): NDArray {
  checkShape("broadcastTo", shape);
  const lead = shape.length - x.ndim;
  const fits = lead >= 0 && x.shape.every((n, axis) => n === 1 || n === shape[axis + lead]);
  if (!fits) {
    throw new ShapeError(
      `broadcastTo: shape ${formatShape(x.shape)} cannot be broadcast to ${formatShape(shape)}`,
    );
  }
  const strides = shape.map((n, axis) =>
    axis < lead || (x.shape[axis - lead] === 1 && n !== 1) ? 0 : (x.strides[axis - lead] as number),
  );
  return x.viewAs([...shape], strides, x.offset);
}
