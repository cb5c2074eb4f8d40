import { type Method, slip } from "./method.ts";
import { number, pair, type Rule } from "./trace.ts";

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

interface RMSpropNumbers {
  readonly g: number;
  readonly v: number;
  /** v, or v − m² if centered. */
  readonly variance: number;
  readonly m: number;
  readonly eps: number;
  readonly mu: number;
}

function rmsprop(
  direction: (n: RMSpropNumbers) => number = ({ g, variance, eps }) => g / (Math.sqrt(variance) + eps),
  momentum: (old: number, direction: number, n: RMSpropNumbers) => number = (old, d, { mu }) => mu * old + d,
  square: (v: number, g: number, alpha: number) => number = (v, g, alpha) => alpha * v + (1 - alpha) * g * g,
): Rule {
  return () => {
    let [m, v, b] = [0, 0, 0];
    return ({ p, g: plain, o }) => {
      const g = plain + number(o, "weightDecay") * p;
      const [lr, alpha, eps, mu] = [
        number(o, "lr"),
        number(o, "alpha"),
        number(o, "eps"),
        number(o, "momentum"),
      ];
      v = square(v, g, alpha);
      m = alpha * m + (1 - alpha) * g;
      const n = { g, v, variance: o.centered === true ? v - m * m : v, m, eps, mu };
      const d = direction(n);
      if (mu === 0) return p - lr * d;
      b = momentum(b, d, n);
      return p - lr * b;
    };
  };
}

/** Momentum of the gradients, divided afterwards. */
function momentumOfGradients(): Rule {
  return () => {
    let [m, v, b] = [0, 0, 0];
    return ({ p, g: plain, o }) => {
      const g = plain + number(o, "weightDecay") * p;
      const [lr, alpha, eps, mu] = [
        number(o, "lr"),
        number(o, "alpha"),
        number(o, "eps"),
        number(o, "momentum"),
      ];
      v = alpha * v + (1 - alpha) * g * g;
      m = alpha * m + (1 - alpha) * g;
      b = mu * b + g;
      return p - (lr * b) / (Math.sqrt(o.centered === true ? v - m * m : v) + eps);
    };
  };
}

const rms = "v ← αv + (1 − α)g², p ← p − η g / (√v + ε); with momentum b ← μb + g / (√v + ε), p ← p − ηb";
export const rmspropMethod: Method = {
  name: "RMSprop",
  needs: ["alpha", "eps"],
  rule: rmsprop(),
  slips: [
    slip(
      "epsilon",
      "have ε under the root: g / √(v + ε)",
      rms,
      rmsprop(({ g, variance, eps }) => g / Math.sqrt(variance + eps)),
    ),
    slip(
      "epsilon",
      "leave out ε",
      rms,
      rmsprop(({ g, variance }) => g / Math.sqrt(variance)),
    ),
    slip(
      "update rule",
      "divide by v, not by its root",
      rms,
      rmsprop(({ g, variance, eps }) => g / (variance + eps)),
    ),
    slip(
      "update rule",
      "sum g² in v, as Adagrad does",
      rms,
      rmsprop(undefined, undefined, (v, g) => v + g * g),
    ),
    slip(
      "update rule",
      "add g² to v without 1 − α",
      rms,
      rmsprop(undefined, undefined, (v, g, alpha) => alpha * v + g * g),
    ),
    slip(
      "update rule",
      "have α and 1 − α the wrong way round",
      rms,
      rmsprop(undefined, undefined, (v, g, alpha) => (1 - alpha) * v + alpha * g * g),
    ),
    slip(
      "momentum",
      "keep the momentum of the gradients, b ← μb + g, and divide afterwards",
      rms,
      momentumOfGradients(),
    ),
    slip(
      "momentum",
      "average the directions: b ← μb + (1 − μ) g / (√v + ε)",
      rms,
      rmsprop(undefined, (old, d, { mu }) => mu * old + (1 - mu) * d),
    ),
  ],
};

interface RpropNumbers {
  readonly size: number;
  readonly agreement: number;
  readonly less: number;
  readonly more: number;
  readonly least: number;
  readonly most: number;
}

function bounded(size: number, { least, most }: RpropNumbers): number {
  return Math.min(Math.max(size, least), most);
}
function grown({ size, agreement, less, more }: RpropNumbers): number {
  return agreement > 0 ? size * more : agreement < 0 ? size * less : size;
}

function rprop(
  resize: (n: RpropNumbers) => number = (n) => bounded(grown(n), n),
  remembered: (g: number, agreement: number) => number = (g, agreement) => (agreement < 0 ? 0 : g),
  moved: (g: number, agreement: number, size: number) => number = (g, agreement, size) =>
    agreement < 0 ? 0 : Math.sign(g) * size,
): Rule {
  return () => {
    let size: number | undefined;
    let previous = 0;
    return ({ p, g, o }) => {
      const [less, more] = pair(o, "etas");
      const [least, most] = pair(o, "stepSizes");
      const agreement = g * previous;
      size = resize({ size: size ?? number(o, "lr"), agreement, less, more, least, most });
      previous = remembered(g, agreement);
      return p - moved(g, agreement, size);
    };
  };
}

const rule = "d ← η⁺d where g kept its sign; d ← η⁻d and g ← 0 where it changed; p ← p − sign(g) d";
export const rpropMethod: Method = {
  name: "Rprop",
  needs: ["etas", "stepSizes"],
  rule: rprop(),
  slips: [
    slip(
      "update rule",
      "let d grow where the sign has changed",
      rule,
      rprop((n) => bounded(grown({ ...n, less: n.more, more: n.less }), n)),
    ),
    slip(
      "update rule",
      "move even where the sign has changed",
      rule,
      rprop(
        undefined,
        (g) => g,
        (g, _agreement, size) => Math.sign(g) * size,
      ),
    ),
    slip(
      "update rule",
      "remember g where the sign has changed, instead of 0",
      rule,
      rprop(undefined, (g) => g),
    ),
    slip("update rule", "have no bounds for d", rule, rprop(grown)),
    slip(
      "update rule",
      "multiply d by g, not by its sign",
      rule,
      rprop(undefined, undefined, (g, agreement, size) => (agreement < 0 ? 0 : g * size)),
    ),
  ],
};
