import { type Method, slip } from "./method.ts";
import { number, type Rule } from "./trace.ts";

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
