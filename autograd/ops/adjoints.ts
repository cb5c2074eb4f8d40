import { type Axis, normalizeAxes, type Operators, sameShape, vecdot } from "../../np/index.ts";
import { reducedShape } from "../../np/internal.ts";

/** The axes of dy along which x was broadcast. */
export function stretchedAxes<A extends Operators<A>>(dy: A, x: A): number[] {
  const lead = dy.ndim - x.ndim;
  return dy.shape.map((_, axis) => axis).filter((axis) => x.shape[axis - lead] !== dy.shape[axis]);
}

/**
 * The adjoint of broadcasting and dtype promotion: sums dy over every axis along which x was
 * broadcast.
 */
export function unbroadcast<A extends Operators<A>>(dy: A, x: A | number): A {
  if (typeof x === "number") return dy;
  if (sameShape(dy.shape, x.shape)) return dy.astype(x.dtype);
  const axes = stretchedAxes(dy, x);
  return dy.sum(axes).reshape(x.shape).astype(x.dtype);
}

/**
 * The adjoint of multiplying a broadcast x by a: `unbroadcast(dy.mul(a), x)`, without storing the
 * product.
 */
export function unbroadcastProduct<A extends Operators<A>>(dy: A, a: A | number, x: A | number): A {
  if (typeof x === "number" || typeof a === "number" || !sameShape(dy.shape, a.shape) || dy.dtype !== a.dtype)
    return unbroadcast(dy.mul(a), x);
  const axes = stretchedAxes(dy, x);
  if (axes.length === 0) return unbroadcast(dy.mul(a), x);
  return vecdot(dy, a, axes).reshape(x.shape).astype(x.dtype);
}

/** Gives a reduced array its lost axes back with length 1, so that it broadcasts against x. */
export function unreduce<A extends Operators<A>>(reduced: A, x: A, axis: Axis): A {
  return reduced.reshape(reducedShape(x.shape, normalizeAxes("unreduce", axis, x.ndim), true));
}

/** x times a number, or times one factor per slice along `axis`. */
export function eachTimes<A extends Operators<A>>(x: A, scale: A | number, axis: number): A {
  return x.mul(typeof scale === "number" ? scale : unreduce(scale, x, axis));
}
