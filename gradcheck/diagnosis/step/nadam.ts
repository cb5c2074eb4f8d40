import { decayed } from "./decayed.ts";
import { type Method, slip } from "./method.ts";
import { number, pair, type Rule } from "./trace.ts";

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
