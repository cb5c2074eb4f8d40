import { type Method, slip } from "./method.ts";
import { number, pair, type Rule, type StepOptions } from "./trace.ts";

/** g + λp, and p after a decoupled decay. */
function decayed(p: number, plain: number, o: StepOptions): { readonly g: number; readonly from: number } {
  const [lr, decay] = [number(o, "lr"), number(o, "weightDecay")];
  return o.decoupledWeightDecay === true
    ? { g: plain, from: p * (1 - lr * decay) }
    : { g: plain + decay * p, from: p };
}

interface AdamaxNumbers {
  readonly m: number;
  readonly u: number;
  readonly t: number;
  readonly lr: number;
  readonly eps: number;
  readonly b1: number;
  readonly b2: number;
}

function adamax(
  largest: (old: number, size: number, b2: number, eps: number) => number = (old, size, b2, eps) =>
    Math.max(b2 * old, size + eps),
  update: (n: AdamaxNumbers) => number = ({ m, u, t, lr, b1 }) => ((lr / (1 - b1 ** t)) * m) / u,
): Rule {
  return () => {
    let [m, u] = [0, 0];
    return ({ p, g: plain, t, o }) => {
      const { g, from } = decayed(p, plain, o);
      const [b1, b2] = pair(o, "betas");
      const [lr, eps] = [number(o, "lr"), number(o, "eps")];
      m = b1 * m + (1 - b1) * g;
      u = largest(u, Math.abs(g), b2, eps);
      return from - update({ m, u, t, lr, eps, b1, b2 });
    };
  };
}

const u = "u ← max(β₂u, |g| + ε)";
export const adamaxMethod: Method = {
  name: "Adamax",
  needs: ["betas", "eps"],
  rule: adamax(),
  slips: [
    slip(
      "bias correction",
      "do not correct m",
      "p ← p − η / (1 − β₁ᵗ) · m / u",
      adamax(undefined, (n) => (n.lr * n.m) / n.u),
    ),
    slip(
      "bias correction",
      "correct u as well, by 1 − β₂ᵗ",
      "a maximum needs no correction",
      adamax(undefined, (n) => ((n.lr / (1 - n.b1 ** n.t)) * n.m * (1 - n.b2 ** n.t)) / n.u),
    ),
    slip(
      "epsilon",
      "add ε to u in the step: m / (u + ε)",
      `ε is in the maximum: ${u}`,
      adamax(
        (old, size, b2) => Math.max(b2 * old, size),
        (n) => ((n.lr / (1 - n.b1 ** n.t)) * n.m) / (n.u + n.eps),
      ),
    ),
    slip(
      "epsilon",
      "leave out ε",
      u,
      adamax((old, size, b2) => Math.max(b2 * old, size)),
    ),
    slip(
      "update rule",
      "average |g| in u instead of keeping the largest",
      u,
      adamax((old, size, b2, eps) => b2 * old + (1 - b2) * (size + eps)),
    ),
    slip(
      "update rule",
      "never let u decay: u ← max(u, |g| + ε)",
      u,
      adamax((old, size, _b2, eps) => Math.max(old, size + eps)),
    ),
  ],
};

interface NAdamNumbers {
  readonly now: number;
  readonly next: number;
  readonly t: number;
  readonly b1: number;
  /** The product of all momenta so far, with this one, as it is kept. */
  product: number;
}

function nadam(
  change: (n: NAdamNumbers) => { readonly now: number; readonly next: number; readonly product: number } = (
    n,
  ) => n,
  after: (n: NAdamNumbers) => number = ({ product }) => product,
  divide: (v: number, c2: number, eps: number) => number = (v, c2, eps) => Math.sqrt(v / c2) + eps,
): Rule {
  return () => {
    let [m, v, product] = [0, 0, 1];
    return ({ p, g: plain, t, o }) => {
      const { g, from } = decayed(p, plain, o);
      const [b1, b2] = pair(o, "betas");
      const [lr, eps, psi] = [number(o, "lr"), number(o, "eps"), number(o, "momentumDecay")];
      const mu = (at: number): number => b1 * (1 - 0.5 * 0.96 ** (at * psi));
      const n = { now: mu(t), next: mu(t + 1), t, b1, product: product * mu(t) };
      m = b1 * m + (1 - b1) * g;
      v = b2 * v + (1 - b2) * g * g;
      const used = change(n);
      const root = divide(v, 1 - b2 ** t, eps);
      product = after(n);
      const ahead = (lr * used.next * m) / (1 - used.product * used.next);
      return from - ((lr * (1 - used.now) * g) / (1 - used.product) + ahead) / root;
    };
  };
}

/** The same with β₁ for every momentum. */
function nadamWithBeta1(): Rule {
  return nadam(({ b1, t }) => ({ now: b1, next: b1, product: b1 ** t }));
}

const mu = "μₜ = β₁ (1 − ½ · 0.96^(t ψ)), and the correction divides by 1 − μ₁ μ₂ … μₜ";
export const nadamMethod: Method = {
  name: "NAdam",
  needs: ["betas", "eps", "momentumDecay"],
  rule: nadam(),
  slips: [
    slip(
      "bias correction",
      "correct with 1 − μₜ instead of 1 − μ₁ … μₜ",
      mu,
      nadam((n) => ({ ...n, product: n.now })),
    ),
    slip(
      "bias correction",
      "correct with 1 − β₁ᵗ as Adam does",
      mu,
      nadam((n) => ({ ...n, product: n.b1 ** n.t })),
    ),
    slip(
      "bias correction",
      "keep a product that holds the next step's momentum already",
      mu,
      nadam(
        (n) => n,
        (n) => n.product * n.next,
      ),
    ),
    slip("momentum", "use β₁ for every μₜ", mu, nadamWithBeta1()),
    slip(
      "momentum",
      "use μₜ where the next step's μₜ₊₁ belongs",
      mu,
      nadam((n) => ({ ...n, next: n.now })),
    ),
    slip(
      "epsilon",
      "have ε under the root",
      "√v̂ + ε",
      nadam(undefined, undefined, (v, c2, eps) => Math.sqrt(v / c2 + eps)),
    ),
    slip(
      "bias correction",
      "do not correct v",
      "v̂ = v / (1 − β₂ᵗ)",
      nadam(undefined, undefined, (v, _c2, eps) => Math.sqrt(v) + eps),
    ),
  ],
};

interface RAdamNumbers {
  readonly m: number;
  readonly v: number;
  readonly c1: number;
  readonly c2: number;
  readonly lr: number;
  readonly eps: number;
  readonly rectification: number;
}

function radam(
  threshold: number = 5,
  rectified: (n: RAdamNumbers) => number = (n) =>
    ((n.lr / n.c1) * n.m * n.rectification * Math.sqrt(n.c2)) / (Math.sqrt(n.v) + n.eps),
  plain: (n: RAdamNumbers) => number = (n) => (n.lr / n.c1) * n.m,
): Rule {
  return () => {
    let [m, v] = [0, 0];
    return ({ p, g: given, t, o }) => {
      const { g, from } = decayed(p, given, o);
      const [b1, b2] = pair(o, "betas");
      const [lr, eps] = [number(o, "lr"), number(o, "eps")];
      m = b1 * m + (1 - b1) * g;
      v = b2 * v + (1 - b2) * g * g;
      const [c1, c2] = [1 - b1 ** t, 1 - b2 ** t];
      const longest = 2 / (1 - b2) - 1;
      const rho = longest - (2 * t * b2 ** t) / c2;
      const rectification = Math.sqrt(
        ((rho - 4) * (rho - 2) * longest) / ((longest - 4) * (longest - 2) * rho),
      );
      const n = { m, v, c1, c2, lr, eps, rectification };
      return from - (rho > threshold ? rectified(n) : plain(n));
    };
  };
}

const radamStep = "for ρ > 5, p ← p − η r m̂ √(1 − β₂ᵗ) / (√v + ε); else p ← p − η m̂";
export const radamMethod: Method = {
  name: "RAdam",
  needs: ["betas", "eps"],
  rule: radam(),
  slips: [
    slip("update rule", "divide from ρ > 4 on", radamStep, radam(4)),
    slip(
      "update rule",
      "leave out the rectification r",
      radamStep,
      radam(5, (n) => ((n.lr / n.c1) * n.m * Math.sqrt(n.c2)) / (Math.sqrt(n.v) + n.eps)),
    ),
    slip(
      "update rule",
      "wait: no step at all until ρ > 5",
      radamStep,
      radam(5, undefined, () => 0),
    ),
    slip(
      "update rule",
      "use r² in place of r",
      radamStep,
      radam(
        5,
        (n) => ((n.lr / n.c1) * n.m * n.rectification ** 2 * Math.sqrt(n.c2)) / (Math.sqrt(n.v) + n.eps),
      ),
    ),
    slip(
      "bias correction",
      "do not correct m as long as ρ ≤ 5",
      radamStep,
      radam(5, undefined, (n) => n.lr * n.m),
    ),
    slip(
      "bias correction",
      "do not correct v",
      radamStep,
      radam(5, (n) => ((n.lr / n.c1) * n.m * n.rectification) / (Math.sqrt(n.v) + n.eps)),
    ),
    slip(
      "epsilon",
      "add ε after the correction, as Adam does",
      radamStep,
      radam(5, (n) => ((n.lr / n.c1) * n.m * n.rectification) / (Math.sqrt(n.v / n.c2) + n.eps)),
    ),
    slip(
      "epsilon",
      "have ε under the root",
      radamStep,
      radam(5, (n) => ((n.lr / n.c1) * n.m * n.rectification * Math.sqrt(n.c2)) / Math.sqrt(n.v + n.eps)),
    ),
  ],
};
