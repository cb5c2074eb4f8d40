import { decayed } from "./decayed.ts";
import { type Method, slip } from "./method.ts";
import { number, pair, type Rule } from "./trace.ts";

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
