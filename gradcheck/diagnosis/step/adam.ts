import { type Method, type StepSlip, slip } from "./method.ts";
import { number, pair, type Rule } from "./trace.ts";

/** The numbers of one step of Adam after its two averages. */
export interface Moments {
  readonly g: number;
  readonly m: number;
  readonly v: number;
  /** The largest v so far, with amsgrad; else v. */
  readonly top: number;
  /** 1 − β₁ᵗ and 1 − β₂ᵗ. */
  readonly c1: number;
  readonly c2: number;
  readonly t: number;
  readonly lr: number;
  readonly eps: number;
  readonly b1: number;
  readonly b2: number;
}

/** Changes to Adam's rule. */
interface Changes {
  /** What is averaged in m and in v; default g and g². */
  readonly first?: (old: number, g: number, b1: number) => number;
  readonly second?: (old: number, g: number, b2: number, m: number) => number;
  readonly update?: (n: Moments) => number;
  /** The largest v is kept in v itself. */
  readonly isTopInV?: boolean;
  /** The largest corrected v. */
  readonly isTopCorrected?: boolean;
  /** Weight decay inside of v only or m only. */
  readonly decayIn?: "m" | "v";
}

/** Adam, or AdamW if the decay is decoupled. */
export function adam(decoupled: boolean, changes: Changes = {}): Rule {
  const { update = rightUpdate } = changes;
  const first = changes.first ?? ((old, g, b1) => b1 * old + (1 - b1) * g);
  const second = changes.second ?? ((old, g, b2) => b2 * old + (1 - b2) * g * g);
  return () => {
    let [m, v, top] = [0, 0, 0];
    return ({ p, g: plain, t, o }) => {
      const [b1, b2] = pair(o, "betas");
      const [lr, eps, decay] = [number(o, "lr"), number(o, "eps"), number(o, "weightDecay")];
      const g = decoupled ? plain : plain + decay * p;
      const from = decoupled ? p * (1 - lr * decay) : p;
      const [c1, c2] = [1 - b1 ** t, 1 - b2 ** t];
      m = first(m, changes.decayIn === "v" ? plain : g, b1);
      const old = v;
      v = second(v, changes.decayIn === "m" ? plain : g, b2, m);
      if (changes.isTopInV && o.amsgrad === true) v = Math.max(old, v);
      if (changes.isTopCorrected) top = Math.max(top, v / c2);
      else top = Math.max(top, v);
      const used = o.amsgrad !== true ? v : changes.isTopCorrected ? top * c2 : top;
      return from - update({ g, m, v, top: used, c1, c2, t, lr, eps, b1, b2 });
    };
  };
}

function rightUpdate({ m, top, c1, c2, lr, eps }: Moments): number {
  return ((lr / c1) * m) / (Math.sqrt(top / c2) + eps);
}

const step = "p ← p − η m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ), and t = 1 in the first step";

/** Slips that Adam and AdamW share. */
function slips(decoupled: boolean): StepSlip[] {
  const rule = (changes: Changes): Rule => adam(decoupled, changes);
  const updated = (update: (n: Moments) => number): Rule => rule({ update });
  return [
    slip(
      "bias correction",
      "have no bias correction: m and v as they are",
      step,
      updated(({ m, top, lr, eps }) => (lr * m) / (Math.sqrt(top) + eps)),
    ),
    slip(
      "bias correction",
      "do not correct m, only v",
      step,
      updated(({ m, top, c2, lr, eps }) => (lr * m) / (Math.sqrt(top / c2) + eps)),
    ),
    slip(
      "bias correction",
      "do not correct v, only m",
      step,
      updated(({ m, top, c1, lr, eps }) => ((lr / c1) * m) / (Math.sqrt(top) + eps)),
    ),
    slip(
      "bias correction",
      "correct both averages with β₁",
      step,
      updated(({ m, top, c1, lr, eps }) => ((lr / c1) * m) / (Math.sqrt(top / c1) + eps)),
    ),
    slip(
      "bias correction",
      "correct both averages with β₂",
      step,
      updated(({ m, top, c2, lr, eps }) => ((lr / c2) * m) / (Math.sqrt(top / c2) + eps)),
    ),
    slip(
      "bias correction",
      "multiply by 1 − βᵗ where a division belongs",
      step,
      updated(({ m, top, c1, c2, lr, eps }) => (lr * m * c1) / (Math.sqrt(top * c2) + eps)),
    ),
    slip(
      "bias correction",
      "correct with 1 − β, not with 1 − βᵗ",
      step,
      updated(({ m, top, b1, b2, lr, eps }) => ((lr / (1 - b1)) * m) / (Math.sqrt(top / (1 - b2)) + eps)),
    ),
    slip(
      "bias correction",
      "correct with 1 − β · t, not with 1 − βᵗ",
      step,
      updated(
        ({ m, top, b1, b2, t, lr, eps }) => ((lr / (1 - b1 * t)) * m) / (Math.sqrt(top / (1 - b2 * t)) + eps),
      ),
    ),
    slip(
      "epsilon",
      "have ε under the root: √(v̂ + ε)",
      "add it to the root: √v̂ + ε",
      updated(({ m, top, c1, c2, lr, eps }) => ((lr / c1) * m) / Math.sqrt(top / c2 + eps)),
    ),
    slip(
      "epsilon",
      "add ε to √v before the correction",
      "add it to √v̂, the corrected root",
      updated(({ m, top, c1, c2, lr, eps }) => (lr * Math.sqrt(c2) * m) / (c1 * (Math.sqrt(top) + eps))),
    ),
    slip(
      "epsilon",
      "have ε under the root before the correction: √(v + ε)",
      "add it to √v̂",
      updated(({ m, top, c1, c2, lr, eps }) => ((lr / c1) * m) / Math.sqrt((top + eps) / c2)),
    ),
    slip(
      "epsilon",
      "leave out ε",
      "√v̂ + ε",
      updated(({ m, top, c1, c2, lr }) => ((lr / c1) * m) / Math.sqrt(top / c2)),
    ),
    slip(
      "update rule",
      "divide by v̂, not by its root",
      step,
      updated(({ m, top, c1, c2, lr, eps }) => ((lr / c1) * m) / (top / c2 + eps)),
    ),
    slip(
      "update rule",
      "use g in place of m̂",
      step,
      updated(({ g, top, c2, lr, eps }) => (lr * g) / (Math.sqrt(top / c2) + eps)),
    ),
    slip(
      "update rule",
      "are lr · m̂, without √v̂",
      step,
      updated(({ m, c1, lr }) => (lr / c1) * m),
    ),
    slip(
      "update rule",
      "average m² in v instead of g²",
      "v ← β₂v + (1 − β₂)g²",
      rule({ second: (old, _g, b2, m) => b2 * old + (1 - b2) * m * m }),
    ),
    slip(
      "update rule",
      "average |g| in v instead of g²",
      "v ← β₂v + (1 − β₂)g²",
      rule({ second: (old, g, b2) => b2 * old + (1 - b2) * Math.abs(g) }),
    ),
    slip(
      "update rule",
      "average g in v instead of g²",
      "v ← β₂v + (1 − β₂)g²",
      rule({ second: (old, g, b2) => b2 * old + (1 - b2) * g }),
    ),
    slip(
      "update rule",
      "add g to m without 1 − β₁",
      "m ← β₁m + (1 − β₁)g",
      rule({ first: (old, g, b1) => b1 * old + g }),
    ),
    slip(
      "update rule",
      "add g² to v without 1 − β₂",
      "v ← β₂v + (1 − β₂)g²",
      rule({ second: (old, g, b2) => b2 * old + g * g }),
    ),
    slip(
      "update rule",
      "add g and g² to the averages without 1 − β",
      "m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g²",
      rule({ first: (old, g, b1) => b1 * old + g, second: (old, g, b2) => b2 * old + g * g }),
    ),
    slip(
      "update rule",
      "have β₁ and 1 − β₁ the wrong way round in m",
      "m ← β₁m + (1 − β₁)g",
      rule({ first: (old, g, b1) => (1 - b1) * old + b1 * g }),
    ),
    slip(
      "update rule",
      "have β₂ and 1 − β₂ the wrong way round in v",
      "v ← β₂v + (1 − β₂)g²",
      rule({ second: (old, g, b2) => (1 - b2) * old + b2 * g * g }),
    ),
    slip(
      "update rule",
      "have β and 1 − β the wrong way round in m and v",
      "m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g²",
      rule({
        first: (old, g, b1) => (1 - b1) * old + b1 * g,
        second: (old, g, b2) => (1 - b2) * old + b2 * g * g,
      }),
    ),
    slip(
      "update rule",
      "keep the largest v in v itself, so that the next average starts from it",
      "keep it in an array of its own",
      rule({ isTopInV: true }),
    ),
    slip(
      "update rule",
      "keep the largest corrected v̂, not the largest v",
      "vMax ← max(vMax, v), and the correction afterwards",
      rule({ isTopCorrected: true }),
    ),
    ...(decoupled
      ? []
      : [
          slip(
            "weight decay",
            "have the weight decay in m, not in v",
            "g ← g + λp comes first, and both averages use it",
            rule({ decayIn: "m" }),
          ),
          slip(
            "weight decay",
            "have the weight decay in v, not in m",
            "g ← g + λp comes first, and both averages use it",
            rule({ decayIn: "v" }),
          ),
        ]),
  ];
}

export const adamMethod: Method = {
  name: "Adam",
  needs: ["betas", "eps"],
  rule: adam(false),
  slips: slips(false),
};
export const adamWMethod: Method = {
  name: "AdamW",
  needs: ["betas", "eps"],
  rule: adam(true),
  slips: slips(true),
};
