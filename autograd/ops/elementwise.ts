import { equal, log, type Operators, sigmoid, sign, where } from "../../np/index.ts";
import { wherePositive } from "../../np/internal.ts";
import { unbroadcast, unbroadcastProduct } from "./adjoints.ts";
import type { Ops } from "./vjp.ts";

/**
 * dy where a does not lose against b, so NaN passes dy. A tie between arrays is split evenly; a tie
 * with a number counts as lost, so max(x, 0) is PyTorch's ReLU.
 */
function unlessLost<A extends Operators<A>>(dy: A, lost: A, tie: A | null): A {
  return where(lost, 0, tie ? where(tie, dy.mul(0.5), dy) : dy);
}

/** dy · p · x ** (p − 1), and 0 where p = 0, whatever x and dy are. */
function powerRule<A extends Operators<A>>(dy: A, x: A, p: A | number): A {
  if (typeof p !== "number") return where(equal(p, 0), 0, dy.mul(x.pow(p.sub(1)).mul(p)));
  return p === 0 ? where(x.less(x), dy, 0) : dy.mul(x.pow(p - 1).mul(p)); // x < x nowhere
}

/** dy where low ≤ x ≤ high, else 0; null is no bound. */
function dyInside<A extends Operators<A>>(dy: A, x: A, low: number | null, high: number | null): A {
  const above = low === null ? dy : where(x.greaterEqual(low), dy, 0);
  return high === null ? above : where(x.lessEqual(high), above, 0);
}

/** Functions of each element, and of pairs of elements, with broadcasting. */
// biome-ignore format: a sheet, one rule a line
export const elementwise: Pick<Ops, "add" | "sub" | "mul" | "div" | "pow" | "maximum" | "minimum" | "clip" | "logaddexp" | "neg" | "reciprocal" | "abs" | "astype" | "addcmul" | "addcmul2" | "where" | "wherePositive"> = {
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
  clip: [(dy, x, low, high) => dyInside(dy, x, low, high)], // a bound itself passes dy, as PyTorch's clamp does
  logaddexp: [(dy, a, b) => unbroadcast(dy.mul(sigmoid(a.sub(b))), a),
              (dy, a, b) => unbroadcast(dy.mul(sigmoid(a.sub(b).neg())), b)],
  neg: [(dy) => dy.neg()],
  reciprocal: [(dy, _x, y) => dy.mul(y.mul(y)).neg()],
  abs: [(dy, x) => dy.mul(where(equal(x, x), sign(x), 0))], // 0 at NaN, as at 0
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
};
