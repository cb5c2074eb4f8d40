import { type Method, slip } from "./method.ts";
import { number, type Rule } from "./trace.ts";

function adagrad(
  update: (g: number, sum: number, eps: number) => number = (g, sum, eps) => g / (Math.sqrt(sum) + eps),
  rate: (lr: number, t: number, decay: number) => number = (lr, t, decay) => lr / (1 + (t - 1) * decay),
  grow: (sum: number, g: number) => number = (sum, g) => sum + g * g,
): Rule {
  return () => {
    let sum: number | undefined;
    return ({ p, g: plain, t, o }) => {
      const g = plain + number(o, "weightDecay") * p;
      sum = grow(sum ?? number(o, "initialAccumulatorValue"), g);
      return p - rate(number(o, "lr"), t, number(o, "lrDecay")) * update(g, sum, number(o, "eps"));
    };
  };
}

const s = "s ← s + g², p ← p − η / (1 + (t − 1) · lrDecay) · g / (√s + ε)";
export const adagradMethod: Method = {
  name: "Adagrad",
  needs: ["eps", "lrDecay"],
  rule: adagrad(),
  slips: [
    slip(
      "epsilon",
      "have ε under the root: g / √(s + ε)",
      s,
      adagrad((g, sum, eps) => g / Math.sqrt(sum + eps)),
    ),
    slip(
      "update rule",
      "divide by s, not by its root",
      s,
      adagrad((g, sum, eps) => g / (sum + eps)),
    ),
    slip(
      "update rule",
      "count lrDecay from t, not from t − 1",
      s,
      adagrad(undefined, (lr, t, decay) => lr / (1 + t * decay)),
    ),
    slip(
      "update rule",
      "forget s after every step: s = g²",
      s,
      adagrad(undefined, undefined, (_sum, g) => g * g),
    ),
    slip(
      "update rule",
      "sum |g| instead of g²",
      s,
      adagrad(undefined, undefined, (sum, g) => sum + Math.abs(g)),
    ),
  ],
};

interface AdadeltaNumbers {
  readonly u: number;
  readonly v: number;
  readonly g: number;
  readonly eps: number;
}

function adadelta(
  direction: (n: AdadeltaNumbers) => number = ({ u, v, g, eps }) =>
    (Math.sqrt(u + eps) / Math.sqrt(v + eps)) * g,
  averaged: (delta: number, g: number, lr: number) => number = (delta) => delta * delta,
): Rule {
  return () => {
    let [u, v] = [0, 0];
    return ({ p, g: plain, o }) => {
      const g = plain + number(o, "weightDecay") * p;
      const [lr, rho, eps] = [number(o, "lr"), number(o, "rho"), number(o, "eps")];
      v = rho * v + (1 - rho) * g * g;
      const delta = direction({ u, v, g, eps });
      u = rho * u + (1 - rho) * averaged(delta, g, lr);
      return p - lr * delta;
    };
  };
}

const delta = "δ = √(u + ε) / √(v + ε) · g, then u averages δ², p ← p − ηδ";
export const adadeltaMethod: Method = {
  name: "Adadelta",
  needs: ["rho", "eps"],
  rule: adadelta(),
  slips: [
    slip(
      "epsilon",
      "have ε beside the roots: (√u + ε) / (√v + ε)",
      delta,
      adadelta(({ u, v, g, eps }) => ((Math.sqrt(u) + eps) / (Math.sqrt(v) + eps)) * g),
    ),
    slip(
      "update rule",
      "average g² in u, as in v",
      delta,
      adadelta(undefined, (_delta, g) => g * g),
    ),
    slip(
      "update rule",
      "average (ηδ)² in u, the whole step",
      delta,
      adadelta(undefined, (step, _g, lr) => (lr * step) ** 2),
    ),
    slip(
      "update rule",
      "leave out √(u + ε): g / √(v + ε)",
      delta,
      adadelta(({ v, g, eps }) => g / Math.sqrt(v + eps)),
    ),
  ],
};
