import {
  type Axis,
  addcmul,
  argmaxPool,
  argmin,
  col2im,
  conv2d,
  convTranspose2d,
  equal,
  exp,
  gather,
  im2col,
  log,
  logSoftmax,
  normalizeAxes,
  type Operators,
  type OpName,
  type Pair,
  type Range,
  type Signatures,
  sameShape,
  scatter,
  sigmoid,
  sign,
  sizeOf,
  transpose,
  unslice,
  vecdot,
  where,
} from "../np/index.ts";
import {
  addcmul2,
  comoments,
  conv2dWeight,
  maxUnpool2d,
  reducedShape,
  softmaxMinus,
  wherePositive,
} from "../np/internal.ts";

/**
 * The derivative sheet. A vector-Jacobian product takes dy = ∂L/∂y and returns dx = ∂L/∂x for one
 * array argument x of y = f(…). It also receives the arguments and y. It uses only methods that
 * arrays and tensors share, so it can be differentiated itself.
 */
export type Vjp<K extends OpName> = <A extends Operators<A>>(
  dy: A,
  ...rest: [...args: Signatures<A>[K], y: A]
) => A;

/** The same for an argument that is a list of arrays: one dx for each. */
export type ListVjp<K extends OpName> = <A extends Operators<A>>(
  dy: A,
  ...rest: [...args: Signatures<A>[K], y: A]
) => A[];

declare const differentiable: unique symbol;
declare const constant: unique symbol;
interface Differentiable {
  [differentiable]: true;
}
interface Constant {
  [constant]: true;
}
type PerArray<K extends OpName, Args extends readonly unknown[]> = Args extends readonly [
  infer Head,
  ...infer Tail,
]
  ? Head extends readonly Differentiable[]
    ? [ListVjp<K>, ...PerArray<K, Tail>]
    : Differentiable extends Head
      ? [Vjp<K>, ...PerArray<K, Tail>]
      : Constant extends Head
        ? [null, ...PerArray<K, Tail>]
        : PerArray<K, Tail>
  : [];

/** One rule per array argument of every primitive, null for a constant one. A missing rule does not compile. */
export type Ops = {
  readonly [K in OpName]: readonly [...PerArray<K, Signatures<Differentiable, Constant>[K]>];
};

/** The axes of dy along which x was broadcast. */
function stretchedAxes<A extends Operators<A>>(dy: A, x: A): number[] {
  const lead = dy.ndim - x.ndim;
  return dy.shape.map((_, axis) => axis).filter((axis) => x.shape[axis - lead] !== dy.shape[axis]);
}

/**
 * The adjoint of broadcasting and dtype promotion: sums dy over every axis along which x was
 * broadcast.
 */
function unbroadcast<A extends Operators<A>>(dy: A, x: A | number): A {
  if (typeof x === "number") return dy;
  if (sameShape(dy.shape, x.shape)) return dy.astype(x.dtype);
  const axes = stretchedAxes(dy, x);
  return dy.sum(axes).reshape(x.shape).astype(x.dtype);
}

/**
 * The adjoint of multiplying a broadcast x by a: `unbroadcast(dy.mul(a), x)`, without storing the
 * product.
 */
function unbroadcastProduct<A extends Operators<A>>(dy: A, a: A | number, x: A | number): A {
  if (typeof x === "number" || typeof a === "number" || !sameShape(dy.shape, a.shape) || dy.dtype !== a.dtype)
    return unbroadcast(dy.mul(a), x);
  const axes = stretchedAxes(dy, x);
  if (axes.length === 0) return unbroadcast(dy.mul(a), x);
  return vecdot(dy, a, axes).reshape(x.shape).astype(x.dtype);
}

/** Gives a reduced array its lost axes back with length 1, so that it broadcasts against x. */
function unreduce<A extends Operators<A>>(reduced: A, x: A, axis: Axis): A {
  return reduced.reshape(reducedShape(x.shape, normalizeAxes("unreduce", axis, x.ndim), true));
}

/** x times a number, or times one factor per slice along `axis`. */
function eachTimes<A extends Operators<A>>(x: A, scale: A | number, axis: number): A {
  return x.mul(typeof scale === "number" ? scale : unreduce(scale, x, axis));
}

/**
 * dy where a does not lose against b, so NaN passes dy. A tie between arrays is split evenly; a tie
 * with a number counts as lost, so max(x, 0) is PyTorch's ReLU.
 */
function unlessLost<A extends Operators<A>>(dy: A, lost: A, tie: A | null): A {
  return where(lost, 0, tie ? where(tie, dy.mul(0.5), dy) : dy);
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

/** The size (H, W) of images (N, C, H, W). */
function imageSize<A extends Operators<A>>(x: A): Pair {
  return [x.shape[2] as number, x.shape[3] as number];
}

/** x as it is or reshaped. */
function inShape<A extends Operators<A>>(x: A, shape: readonly number[]): A {
  return sameShape(x.shape, shape) ? x : x.reshape(shape);
}

/** All vectors along the last axis as the rows of one matrix. */
function asRows<A extends Operators<A>>(x: A): A {
  return x.reshape(sizeOf(x.shape.slice(0, -1)), x.shape.at(-1) ?? 1);
}

/**
 * The matrices of a @ b, and dy with the axes that y lost: a vector on the left is a row, on the right a column.
 * Several matrices times one are one product of all their rows.
 */
function asMatrices<A extends Operators<A>>(dy: A, a: A, b: A): readonly [dy: A, a: A, b: A] {
  if (b.ndim === 1) return asMatrices(dy.reshape([...dy.shape, 1]), a, b.reshape(-1, 1));
  if (a.ndim === 1) {
    const [batch, columns] = [dy.shape.slice(0, -1), dy.shape.slice(-1)];
    return [dy.reshape([...batch, 1, ...columns]), a.reshape(1, -1), b];
  }
  return a.ndim > 2 && b.ndim === 2 ? [asRows(dy), asRows(a), b] : [dy, a, b];
}

/** dy · p · x ** (p − 1), and 0 where p = 0, whatever x and dy are. */
function powerRule<A extends Operators<A>>(dy: A, x: A, p: A | number): A {
  if (typeof p !== "number") return where(equal(p, 0), 0, dy.mul(x.pow(p.sub(1)).mul(p)));
  return p === 0 ? where(x.less(x), dy, 0) : dy.mul(x.pow(p - 1).mul(p)); // x < x nowhere
}

// biome-ignore format: a sheet, one rule a line
export const ops: Ops = {
  // element by element, with broadcasting
  add: [(dy, a) => unbroadcast(dy, a),
        (dy, _a, b) => unbroadcast(dy, b)],
  sub: [(dy, a) => unbroadcast(dy, a),
        (dy, _a, b) => unbroadcast(dy.neg(), b)],
  mul: [(dy, a, b) => unbroadcastProduct(dy, b, a),
        (dy, a, b) => unbroadcastProduct(dy, a, b)],
  div: [(dy, a, b) => unbroadcast(dy.div(b), a),
        (dy, _a, b, y) => unbroadcast(dy.mul(y.div(b)).neg(), b)],
  pow: [(dy, x, p) => unbroadcast(powerRule(dy, x, p), x),
        (dy, x, p, y) => unbroadcast(dy.mul(where(equal(x, 0), 0, y.mul(log(x)))), p)],
  maximum: [(dy, a, b) => {
    if (b === 0) return wherePositive(a, dy);
    return typeof b === "number" ? unlessLost(dy, a.lessEqual(b), null) : unbroadcast(unlessLost(dy, a.less(b), equal(a, b)), a);
  }, (dy, a, b) => unbroadcast(unlessLost(dy, a.greater(b), equal(a, b)), b)],
  minimum: [(dy, a, b) => {
    return typeof b === "number" ? unlessLost(dy, a.greaterEqual(b), null) : unbroadcast(unlessLost(dy, a.greater(b), equal(a, b)), a);
  }, (dy, a, b) => unbroadcast(unlessLost(dy, a.less(b), equal(a, b)), b)],
  logaddexp: [(dy, a, b) => unbroadcast(dy.mul(sigmoid(a.sub(b))), a),
              (dy, a, b) => unbroadcast(dy.mul(sigmoid(a.sub(b).neg())), b)],
  neg: [(dy) => dy.neg()],
  exp: [(dy, _x, y) => dy.mul(y)],
  expm1: [(dy, x) => dy.mul(exp(x))], // y + 1 loses all digits where eˣ is small
  log: [(dy, x) => dy.div(x)],
  sqrt: [(dy, _x, y) => dy.div(y.mul(2))],
  abs: [(dy, x) => dy.mul(where(equal(x, x), sign(x), 0))], // 0 at NaN, as at 0
  sigmoid: [(dy, _x, y) => dy.mul(y).mul(y.neg().add(1))],
  tanh: [(dy, _x, y) => dy.mul(y.mul(y).neg().add(1))],
  erf: [(dy, x) => dy.mul(exp(x.mul(x).neg())).mul(2 / Math.sqrt(Math.PI))],
  astype: [(dy, x) => dy.astype(x.dtype)],
  addcmul: [(dy, a) => unbroadcast(dy, a),
            (dy, _a, b, c) => unbroadcastProduct(dy, c, b),
            (dy, _a, b, c) => unbroadcastProduct(dy, b, c)],
  addcmul2: [(dy, a) => unbroadcast(dy, a),
             (dy, _a, b, c) => unbroadcastProduct(dy, c, b),
             (dy, _a, b, c) => unbroadcastProduct(dy, b, c),
             (dy, _a, _b, _c, d, e) => unbroadcastProduct(dy, e, d),
             (dy, _a, _b, _c, d, e, center) => unbroadcastProduct(dy, d.sub(center), e),
             (dy, _a, _b, _c, _d, e, center) => unbroadcastProduct(dy, e, center).neg()],
  where: [null,
          (dy, condition, a) => unbroadcast(where(condition, dy, 0), a),
          (dy, condition, _a, b) => unbroadcast(where(condition, 0, dy), b)],
  wherePositive: [null,
                  (dy, x, a) => unbroadcast(wherePositive(x, dy), a)],

  // reductions
  sum: [(dy, x, axis) => unreduce(dy, x, axis).broadcastTo(x.shape)],
  mean: [(dy, x, axis, _keepdims, y) => unreduce(dy.div(sizeOf(x.shape) / sizeOf(y.shape)), x, axis).broadcastTo(x.shape)],
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
  vecdot: [(dy, a, b, axis) => b.mul(unreduce(dy, a, axis)).astype(a.dtype),
           (dy, a, b, axis) => a.mul(unreduce(dy, b, axis)).astype(b.dtype)],
  // (dy − mean dy − y · mean(dy y)) / std: the terms come from x itself, the mean, and the
  // deviation (in the direction of y)
  standardize: [(dy, x, _mean, std, axes, y) => {
    if (axes.length === 0) return unbroadcast(dy.div(std), x);
    const count = sizeOf(normalizeAxes("standardize", axes, x.ndim).map((axis) => x.shape[axis] as number));
    const throughMean = dy.mean(axes, true).div(std).neg();
    const throughStd = vecdot(dy, y, axes, true).div(count).div(std).neg();
    return addcmul(addcmul(throughMean, y, throughStd), dy, std.pow(-1));
  }, null, null],
  // dγ = Σ dy x̂, dβ = Σ dy, and as above dx = γ/σ · (dy − dβ/m − x̂ dγ/m)
  normalize: [(dy, xs, mean, std, axes) => {
    const [x, weight, bias] = xs as [x: typeof dy, weight: typeof dy, bias: typeof dy];
    const { sum: dBias, comoment } = comoments(dy, x, mean, stretchedAxes(x, weight));
    const [dWeight, scale] = [comoment.div(std), weight.div(std)];
    let dx: typeof dy;
    if (axes.length === 0) dx = dy.mul(scale);
    else {
      const count = sizeOf(x.shape) / sizeOf(mean.shape);
      const throughMean = dBias.div(count).mul(scale).neg();
      const throughStd = dWeight.div(count).mul(scale).div(std).neg();
      dx = addcmul2(throughMean, dy, scale, x, throughStd, mean);
    }
    return [dx.astype(x.dtype), dWeight.astype(weight.dtype), dBias.astype(bias.dtype)];
  }, null, null],
  max: [(dy, x, axis, _keepdims, y) => extremeRule(dy, x, axis, y, (along) => x.argmax(along, true))],
  min: [(dy, x, axis, _keepdims, y) => extremeRule(dy, x, axis, y, (along) => argmin(x, along, true))],
  logsumexp: [(dy, x, axis, _keepdims, y) => exp(x.sub(unreduce(y, x, axis))).mul(unreduce(dy, x, axis))],
  logSoftmax: [(dy, _x, axis, y) => dy.sub(exp(y).mul(dy.sum(axis, true)))],
  softmaxCrossEntropy: [(dy, logits, t, axis) => softmaxMinus(logits, t, dy, axis).astype(logits.dtype),
                        (dy, logits, t, axis) => logSoftmax(logits, axis).mul(unreduce(dy, t, axis)).neg().astype(t.dtype)],
  // y = (p Σ t − t) scale, p = softmax(logits); back through p: p (dp − Σ dp p)
  softmaxMinus: [(dy, logits, t, scale, axis) => {
    const p = exp(logSoftmax(logits, axis));
    const dp = eachTimes(dy, scale, axis).mul(t.sum(axis, true));
    return p.mul(dp.sub(vecdot(dp, p, axis, true))).astype(logits.dtype);
  }, (dy, logits, t, scale, axis) => {
    const p = exp(logSoftmax(logits, axis));
    return eachTimes(vecdot(dy, p, axis, true).sub(dy), scale, axis).astype(t.dtype);
  }, (dy, logits, t, scale, axis) => vecdot(dy, softmaxMinus(logits, t, 1, axis), axis).astype(typeof scale === "number" ? dy.dtype : scale.dtype)],

  // linear algebra; the second rule is aᵀ·dy, written so that the transpose of a transposed weight
  // is contiguous
  matmul: [(dy, a, b) => {
    const [g, left, right] = asMatrices(dy, a, b);
    return inShape(unbroadcast(g.matmul(right.mT), left), a.shape);
  }, (dy, a, b) => {
    const [g, left, right] = asMatrices(dy, a, b);
    return inShape(unbroadcast(g.mT.matmul(left).mT, right), b.shape);
  }],
  addmm: [(dy, input) => unbroadcast(dy, input),
          (dy, _input, a, b) => dy.matmul(b.mT).astype(a.dtype),
          (dy, _input, a, b) => dy.mT.matmul(a).mT.astype(b.dtype)],

  // ⟨y, conv(x, w)⟩ is linear in y, in x and in w: three ops, each the derivative of the others
  conv2d: [(dy, x, w, window, groups) => convTranspose2d(dy, w, window, groups, imageSize(x)).astype(x.dtype),
           (dy, x, w, window, groups) => conv2dWeight(dy, x, window, groups).astype(w.dtype)],
  convTranspose2d: [(dx, y, w, window, groups) => conv2d(dx, w, window, groups).astype(y.dtype),
                    (dx, y, w, window, groups) => conv2dWeight(y, dx, window, groups).astype(w.dtype)],
  conv2dWeight: [(dw, y, x, window, groups) => conv2d(x, dw, window, groups).astype(y.dtype),
                 (dw, y, x, window, groups) => convTranspose2d(y, dw, window, groups, imageSize(x)).astype(x.dtype)],

  // adjoint pairs: moving elements back to where they came from
  transpose: [(dy, _x, axes) => transpose(dy, axes.map((_, to) => axes.findIndex((from) => (from + dy.ndim) % dy.ndim === to)))], // from < 0 counts from the end
  reshape: [(dy, x) => dy.reshape(x.shape)],
  broadcastTo: [(dy, x) => unbroadcast(dy, x)],
  slice: [(dy, x, ranges) => unslice(dy, ranges, x.shape)],
  unslice: [(dy, _x, ranges) => dy.slice(...ranges)],
  pad: [(dy, x, widths) => dy.slice(...widths.map(([before], axis): Range => [before, before + (x.shape[axis] as number)]))],
  gather: [(dy, x, indices, axis) => scatter(dy, indices, axis, x.shape), null],
  scatter: [(dy, _x, indices, axis) => gather(dy, indices, axis), null],
  im2col: [(dy, x, window) => col2im(dy, window, imageSize(x))],
  col2im: [(dy, _x, window) => im2col(dy, window)],
  maxPool2d: [(dy, x, window) => maxUnpool2d(dy, x, window)],
  maxUnpool2d: [(dx, y, x, window) => {
    const [N, C] = x.shape as readonly [number, number];
    const winners = argmaxPool(x, window).reshape(N, C, sizeOf(y.shape) / (N * C));
    return gather(dx.reshape(N, C, -1), winners, 2).reshape(y.shape).astype(y.dtype);
  }, null],
  concatenate: [(dy, xs, axis) => {
    let stop = 0;
    return xs.map((x) => {
      const along = axis < 0 ? axis + x.ndim : axis;
      const start = stop;
      stop += x.shape[along] as number;
      return dy.slice(...x.shape.map((_, i): Range => (i === along ? [start, stop] : null))).astype(x.dtype);
    });
  }],
  stack: [(dy, xs, axis) => {
    const before = dy.shape.slice(0, axis).map(() => null); // a negative axis counts from the end here too
    return xs.map((x, i) => dy.slice(...before, i).astype(x.dtype));
  }],
};
