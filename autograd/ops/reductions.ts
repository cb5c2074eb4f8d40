import {
  type Axis,
  addcmul,
  argmin,
  cumprod,
  equal,
  exp,
  flip,
  normalizeAxes,
  type Operators,
  scatter,
  sizeOf,
  transpose,
  where,
} from "../../np/index.ts";
import { unreduce } from "./adjoints.ts";
import { shift } from "./shift.ts";
import type { Ops } from "./vjp.ts";

/** Π of the other elements, for each element of x: those before it times those after it along the reduced axes. */
function productOfOthers<A extends Operators<A>>(x: A, axis: Axis): A {
  const axes = normalizeAxes("prod", axis, x.ndim);
  const kept = x.shape.map((_, i) => i).filter((i) => !axes.includes(i));
  const order = [...kept, ...axes];
  const moved = transpose(x, order);
  const rows = moved.reshape(
    sizeOf(kept.map((i) => x.shape[i] as number)),
    sizeOf(axes.map((i) => x.shape[i] as number)),
  );
  const before = (part: A): A => cumprod(shift(part, 1, 1, 1), 1);
  const others = before(rows).mul(flip(before(flip(rows, 1)), 1));
  return transpose(
    others.reshape(moved.shape),
    order.map((_, i) => order.indexOf(i)),
  );
}

/** dy where x is y = its largest (or smallest): the first of several along an axis; all of them share dy evenly if axis is null. */
function extremeRule<A extends Operators<A>>(
  dy: A,
  x: A,
  axis: number | null,
  y: A,
  place: (axis: number) => A,
): A {
  if (axis !== null && x.ndim > 0) return scatter(unreduce(dy, x, axis), place(axis), axis, x.shape);
  const ties = where(equal(y, y), equal(x, y), x.notEqual(x)); // if y is NaN, every NaN
  return where(ties, dy.div(ties.sum().astype(dy.dtype)), 0).reshape(x.shape);
}

/** Functions that reduce axes to one number each. */
// biome-ignore format: a sheet, one rule a line
export const reductions: Pick<Ops, "sum" | "mean" | "prod" | "max" | "min" | "logsumexp" | "vecdot" | "var" | "moments" | "comoments"> = {
  sum: [(dy, x, axis) => unreduce(dy, x, axis).broadcastTo(x.shape)],
  mean: [(dy, x, axis, _keepdims, y) => unreduce(dy.div(sizeOf(x.shape) / sizeOf(y.shape)), x, axis).broadcastTo(x.shape)],
  prod: [(dy, x, axis) => productOfOthers(x, axis).mul(unreduce(dy, x, axis))], // dy · y / x would be 0 / 0 at a zero
  max: [(dy, x, axis, _keepdims, y) => extremeRule(dy, x, axis, y, (along) => x.argmax(along, true))],
  min: [(dy, x, axis, _keepdims, y) => extremeRule(dy, x, axis, y, (along) => argmin(x, along, true))],
  logsumexp: [(dy, x, axis, _keepdims, y) => exp(x.sub(unreduce(y, x, axis))).mul(unreduce(dy, x, axis))],
  vecdot: [(dy, a, b, axis) => b.mul(unreduce(dy, a, axis)).astype(a.dtype),
           (dy, a, b, axis) => a.mul(unreduce(dy, b, axis)).astype(b.dtype)],
  var: [(dy, x, axis, _keepdims, y) => x.sub(x.mean(axis, true)).mul(unreduce(dy.mul((2 * sizeOf(y.shape)) / sizeOf(x.shape)), x, axis))],
  // y = (mean, variance)
  moments: [(dy, x, _axes, y) => {
    const count = (2 * sizeOf(x.shape)) / sizeOf(y.shape);
    return addcmul(dy.slice(0).div(count), x.sub(y.slice(0)), dy.slice(1).mul(2 / count)).astype(x.dtype);
  }],
  // z = (Σ x, Σ x (y − center))
  comoments: [(dz, x, y, center) => addcmul(dz.slice(0), y.sub(center), dz.slice(1)).astype(x.dtype),
              (dz, x, y) => x.mul(dz.slice(1)).astype(y.dtype),
              (dz, _x, _y, center, _axes, z) => z.slice(0).mul(dz.slice(1)).neg().astype(center.dtype)],
};
