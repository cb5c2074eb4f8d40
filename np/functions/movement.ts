/** The same elements in other places. */
import { describe } from "../arguments/describe.ts";
import { ShapeError } from "../errors.ts";
import { type Applies, leader } from "../leader.ts";
import type { Operators } from "../operators.ts";
import { type Axis, formatShape, listOf, normalizeAxes, normalizeAxis } from "../shape.ts";
import type { PadWidths, Range } from "../signatures.ts";

/**
 * Axes in a new order (default: reversed). PyTorch's `permute`.
 * @example transpose(array([[1, 2], [3, 4]])) // [[1, 3], [2, 4]]
 */
export function transpose<A extends Applies<A> & { readonly shape: readonly number[] }>(
  x: A,
  axes?: readonly number[],
): A {
  const array = leader<A>("transpose", x);
  return array.apply(
    "transpose",
    x,
    axes === undefined ? x.shape.map((_, i) => x.shape.length - 1 - i) : axes,
  );
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
 * The same elements in another shape; one -1 is inferred.
 * @example reshape(array([1, 2, 3, 4]), [2, -1]) // [[1, 2], [3, 4]]
 */
export function reshape<A extends Operators<A>>(x: A, shape: number | readonly number[]): A {
  leader<A>("reshape", x);
  return x.reshape(typeof shape === "number" ? [shape] : shape);
}
/**
 * All elements in one axis, in row-major order.
 * @example ravel(array([[1, 2], [3, 4]])) // [1, 2, 3, 4]
 */
export function ravel<A extends Operators<A>>(x: A): A {
  leader<A>("ravel", x);
  return x.reshape(-1);
}
/**
 * Repeated along axes of length 1 and new leading axes, without copying.
 * @example broadcastTo(array([1, 2]), [2, 2]) // [[1, 2], [1, 2]]
 */
export function broadcastTo<A extends Applies<A>>(x: A, shape: readonly number[]): A {
  return leader<A>("broadcastTo", x).apply("broadcastTo", x, shape);
}
/**
 * Two axes swapped. PyTorch's `transpose`.
 * @example swapaxes(array([[1, 2, 3]]), 0, 1).shape // [3, 1]
 */
export function swapaxes<A extends Operators<A>>(x: A, axis1: number, axis2: number): A {
  leader<A>("swapaxes", x);
  const [from, to] = [axis1, axis2].map((axis) => normalizeAxis("swapaxes", axis, x.ndim));
  return transpose(
    x,
    x.shape.map((_, axis) => (axis === from ? to : axis === to ? from : axis) as number),
  );
}
/**
 * Axes moved to other places; the others keep their order. `moveaxis(x, 0, -1)` makes the first
 * axis the last.
 * @example moveaxis(zeros([2, 3, 4]), 0, -1).shape // [3, 4, 2]
 */
export function moveaxis<A extends Operators<A>>(
  x: A,
  source: number | readonly number[],
  destination: number | readonly number[],
): A {
  leader<A>("moveaxis", x);
  const [from, to] = [source, destination].map((axes) =>
    listOf("moveaxis", "axes", axes).map((axis) => normalizeAxis("moveaxis", axis, x.ndim)),
  ) as [number[], number[]];
  if (from.length !== to.length || new Set(from).size < from.length || new Set(to).size < to.length)
    throw new RangeError(
      `moveaxis: from ${describe(source)} to ${describe(destination)}; expected as many places as axes, each once`,
    );
  const others = x.shape.map((_, axis) => axis).filter((axis) => !from.includes(axis));
  return transpose(
    x,
    x.shape.map((_, place) => {
      const i = to.indexOf(place);
      return (i >= 0 ? from[i] : others.shift()) as number;
    }),
  );
}
/**
 * A new axis of length 1 at each of these places of the result. PyTorch's `unsqueeze`.
 * @example expandDims(array([1, 2]), 0).shape // [1, 2]
 */
export function expandDims<A extends Operators<A>>(x: A, axis: number | readonly number[]): A {
  leader<A>("expandDims", x);
  const added = listOf("expandDims", "axes", axis);
  const ndim = x.ndim + added.length;
  const places = normalizeAxes("expandDims", added, ndim);
  const lengths = [...x.shape];
  return x.reshape(
    Array.from({ length: ndim }, (_, place) => (places.includes(place) ? 1 : (lengths.shift() as number))),
  );
}
/**
 * Without axes of length 1: all of them, or those of `axis`.
 * @throws ShapeError if a named axis has another length
 * @example squeeze(array([[[1], [2]]])).shape // [2]
 */
export function squeeze<A extends Operators<A>>(x: A, axis: Axis = null): A {
  leader<A>("squeeze", x);
  if (axis === null) return x.reshape(x.shape.filter((n) => n !== 1));
  const axes = normalizeAxes("squeeze", axis, x.ndim);
  const long = axes.find((one) => x.shape[one] !== 1);
  if (long !== undefined)
    throw new ShapeError(
      `squeeze: axis ${long} of shape ${formatShape(x.shape)} has length ${x.shape[long]}; only axes of length 1 can be left out`,
    );
  return x.reshape(x.shape.filter((_, i) => !axes.includes(i)));
}
/**
 * The elements in opposite order along these axes (null: all).
 * @example flip(array([1, 2, 3])) // [3, 2, 1]
 */
export function flip<A extends Operators<A>>(x: A, axis: Axis = null): A {
  leader<A>("flip", x);
  const axes = normalizeAxes("flip", axis, x.ndim);
  return x.slice(...x.shape.map((_, i): Range => (axes.includes(i) ? [null, null, -1] : null)));
}
