import { exp, log, logsumexp, type NDArray } from "../../np/index.ts";
import type { Slip } from "./look.ts";
import type { LossFamily } from "./loss-family.ts";

/** Cross entropy of logits; each row of t is a target, one-hot or not. */
export function crossEntropy(x: NDArray, t: NDArray, name: string): LossFamily {
  const p = exp(x.sub(logsumexp(x, 1, true)));
  const total = t.sum(1, true); // 1 in every row, unless targets are weighted or smoothed
  const d = p.mul(total).sub(t);
  const over = (axis: number): NDArray => exp(x.sub(logsumexp(x, axis, true)));
  const missing = (what: string, value: () => NDArray): Slip => ({
    cause: "term missing",
    what,
    cure: "",
    value,
  });
  const wrong = (what: string, cure: string, value: () => NDArray): Slip => ({
    cause: "wrong term",
    what,
    cure,
    value,
  });
  return {
    text: `softmax(x) − ${name}`,
    right: d,
    slips: [
      wrong(
        `softmax(x) − ${name}, as if each row of the target summed to 1`,
        "softmax(x) · Σ target − target",
        () => p.sub(t),
      ),
      missing(`softmax(x), without − the ${name}`, () => p.mul(total)),
      missing(`softmax(x), without − the ${name}`, () => p),
      missing(`− the ${name}, without softmax(x)`, () => t.neg()),
      missing(`x − the ${name}, without the softmax`, () => x.sub(t)),
      missing(`exp(x) − the ${name}, without the softmax's denominator`, () => exp(x).sub(t)),
      wrong(`softmax(x) + the ${name}`, "the sign of the target is minus", () => p.add(t)),
      wrong("(softmax − target) · softmax · (1 − softmax)", "the softmax's derivative is in it already", () =>
        d.mul(p).mul(p.neg().add(1)),
      ),
      wrong("(softmax − target) · softmax", "the softmax's derivative is in it already", () => d.mul(p)),
      wrong(
        "the derivative with respect to the probabilities, − target / softmax",
        "go on through the softmax",
        () => t.div(p).neg(),
      ),
      wrong(`1 − the ${name} in place of the target`, "", () => p.sub(t.neg().add(1))),
      wrong("right at the target's class and 0 elsewhere", "every class has a gradient", () => d.mul(t)),
      wrong(`log-softmax(x) − ${name}`, "", () => log(p).sub(t)),
      wrong(`softmax(softmax(x)) − ${name}`, "the softmax is applied twice", () =>
        exp(p.sub(logsumexp(p, 1, true))).sub(t),
      ),
      {
        cause: "wrong axis",
        what: `softmax(x) − ${name} with the softmax along axis 0, over the batch`,
        cure: "the softmax is along the classes",
        value: () => over(0).sub(t),
      },
    ],
  };
}

/** The negative log-likelihood of log-probabilities. */
export function likelihood(x: NDArray, t: NDArray, name: string): LossFamily {
  const p = exp(x.sub(logsumexp(x, 1, true)));
  return {
    text: `− ${name}`,
    right: t.neg(),
    slips: [
      {
        cause: "wrong term",
        what: `softmax(x) − ${name}, which is for logits`,
        cure: "x holds log-probabilities already",
        value: () => p.sub(t),
      },
      { cause: "wrong term", what: `exp(x) − ${name}`, cure: "", value: () => exp(x).sub(t) },
      {
        cause: "wrong term",
        what: "− target / exp(x), the derivative with respect to a probability",
        cure: "x holds log-probabilities already",
        value: () => t.div(exp(x)).neg(),
      },
      { cause: "wrong term", what: "− target / x", cure: "", value: () => t.div(x).neg() },
      {
        cause: "wrong term",
        what: "− x at the target, the loss itself",
        cure: "",
        value: () => t.mul(x).neg(),
      },
    ],
  };
}
