import { type Method, slip } from "./method.ts";
import { number, type Rule } from "./trace.ts";

/** The numbers of one step of SGD. */
interface Numbers {
  readonly p: number;
  /** g + λp */
  readonly g: number;
  readonly plain: number;
  readonly lr: number;
  readonly mu: number;
  readonly tau: number;
  readonly decay: number;
  readonly nesterov: boolean;
  /** The velocity of the step before; undefined in the first. */
  readonly old: number | undefined;
}

/** SGD from its velocity and its direction. Without momentum both are g + λp. */
function sgd(
  velocity: (n: Numbers) => number = rightVelocity,
  next: (n: Numbers, v: number) => number = rightNext,
): Rule {
  return () => {
    let old: number | undefined;
    return ({ p, g: plain, o }) => {
      const [lr, mu, tau, decay] = ["lr", "momentum", "dampening", "weightDecay"].map((name) =>
        number(o, name),
      ) as [number, number, number, number];
      const g = plain + decay * p;
      if (mu === 0) return p - lr * g;
      const n = { p, g, plain, lr, mu, tau, decay, nesterov: o.nesterov === true, old };
      const v = velocity(n);
      const after = next(n, v);
      old = v;
      return after;
    };
  };
}

function rightVelocity({ g, mu, tau, old }: Numbers): number {
  return old === undefined ? g : mu * old + (1 - tau) * g;
}
function rightNext({ p, g, lr, mu, nesterov }: Numbers, v: number): number {
  return p - lr * (nesterov ? g + mu * v : v);
}

const step = "v ← μv + (1 − τ)g, where the first v is g; p ← p − ηv, or with Nesterov p − η(g + μv)";

export const sgdMethod: Method = {
  name: "SGD",
  needs: ["momentum", "weightDecay"],
  rule: sgd(),
  slips: [
    slip(
      "weight decay",
      "add the weight decay after the momentum: v ← μv + g, p ← p − η(v + λp)",
      "g ← g + λp comes first, so that the velocity contains it",
      sgd(
        ({ plain, mu, tau, old }) => (old === undefined ? plain : mu * old + (1 - tau) * plain),
        ({ p, plain, lr, mu, decay, nesterov }, v) => p - lr * ((nesterov ? plain + mu * v : v) + decay * p),
      ),
    ),
    slip(
      "weight decay",
      "add the weight decay to the velocity after its update, and keep it there damped",
      "g ← g + λp comes first",
      sgd(({ plain, p, decay, mu, tau, old }) =>
        old === undefined ? plain + decay * p : mu * old + (1 - tau) * plain + decay * p,
      ),
    ),
    slip(
      "momentum",
      "average the gradients: v ← μv + (1 − μ)g",
      `that is Adam's average. ${step}`,
      sgd(({ g, mu, old = 0 }) => mu * old + (1 - mu) * g),
    ),
    slip(
      "momentum",
      "average the gradients, v ← μv + (1 − μ)g, from a first v = g",
      `that is Adam's average. ${step}`,
      sgd(({ g, mu, old }) => (old === undefined ? g : mu * old + (1 - mu) * g)),
    ),
    slip(
      "momentum",
      "dampen the first velocity as well: v starts at 0",
      "the first v is g itself",
      sgd(({ g, mu, tau, old = 0 }) => mu * old + (1 - tau) * g),
    ),
    slip(
      "momentum",
      "multiply the new gradient by μ as well: v ← μ(v + g)",
      step,
      sgd(({ g, mu, old }) => mu * ((old ?? 0) + g)),
    ),
    slip(
      "momentum",
      "take the velocity of the step before",
      "update v first, then p",
      sgd(rightVelocity, ({ p, lr, old = 0 }) => p - lr * old),
    ),
    slip(
      "momentum",
      "leave out g in Nesterov's step: p ← p − ημv",
      "p ← p − η(g + μv)",
      sgd(rightVelocity, ({ p, lr, mu, nesterov }, v) => p - lr * (nesterov ? mu * v : v)),
    ),
    slip(
      "momentum",
      "leave out μ in Nesterov's step: p ← p − η(g + v)",
      "p ← p − η(g + μv)",
      sgd(rightVelocity, ({ p, g, lr, nesterov }, v) => p - lr * (nesterov ? g + v : v)),
    ),
    slip(
      "momentum",
      "use the old velocity in Nesterov's step: p ← p − η(g + μ v before its update)",
      "update v first: p ← p − η(g + μv)",
      sgd(rightVelocity, ({ p, g, lr, mu, old = 0, nesterov }, v) => p - lr * (nesterov ? g + mu * old : v)),
    ),
    slip(
      "momentum",
      "keep ηg in the velocity: v ← μv + ηg, p ← p − v; that differs as soon as η changes",
      "keep g in v, and multiply by η in the step",
      sgd(
        ({ g, lr, mu, tau, old }) => (old === undefined ? lr * g : mu * old + lr * (1 - tau) * g),
        ({ p, g, lr, mu, nesterov }, v) => p - (nesterov ? lr * g + mu * v : v),
      ),
    ),
    slip(
      "momentum",
      "go by Nesterov's rule with an average, v ← μv + (1 − μ)g",
      step,
      sgd(
        ({ g, mu, old = 0 }) => mu * old + (1 - mu) * g,
        ({ p, g, lr, mu }, v) => p - lr * (g + mu * v),
      ),
    ),
  ],
};
