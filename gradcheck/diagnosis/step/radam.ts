import { decayed } from "./decayed.ts";
import { type Method, slip } from "./method.ts";
import { number, pair, type Rule } from "./trace.ts";

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
