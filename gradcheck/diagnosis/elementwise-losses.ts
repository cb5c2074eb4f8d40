import { abs, type NDArray, sigmoid, sign } from "../../np/index.ts";
import type { LossFamily } from "./loss-family.ts";

export function logits(x: NDArray, t: NDArray): LossFamily {
  const s = sigmoid(x);
  const slope = s.mul(s.neg().add(1));
  const d = s.sub(t);
  return {
    text: "σ(x) − target",
    right: d,
    slips: [
      { cause: "term missing", what: "σ(x), without − target", cure: "", value: () => s },
      { cause: "term missing", what: "x − target, without the sigmoid", cure: "", value: () => x.sub(t) },
      { cause: "term missing", what: "− target, without σ(x)", cure: "", value: () => t.neg() },
      { cause: "wrong term", what: "σ(x) + target", cure: "the sign is minus", value: () => s.add(t) },
      {
        cause: "wrong term",
        what: "the rounded σ(x) − target",
        cure: "rounding has no gradient",
        value: () => x.greater(0).sub(t),
      },
      {
        cause: "wrong term",
        what: "(σ(x) − target) · σ (1 − σ)",
        cure: "the sigmoid's derivative is in it already",
        value: () => d.mul(slope),
      },
      {
        cause: "wrong term",
        what: "(σ(x) − target) / (σ (1 − σ)), the derivative with respect to σ(x)",
        cure: "go on through the sigmoid",
        value: () => d.div(slope),
      },
    ],
  };
}

export function probabilities(x: NDArray, t: NDArray): LossFamily {
  const slope = x.mul(x.neg().add(1));
  const d = x.sub(t);
  const [one, other] = [t.div(x), t.neg().add(1).div(x.neg().add(1))];
  return {
    text: "(x − target) / (x (1 − x))",
    right: d.div(slope),
    slips: [
      {
        cause: "term missing",
        what: "x − target, without the denominator x (1 − x)",
        cure: "",
        value: () => d,
      },
      {
        cause: "term missing",
        what: "− target / x, without (1 − target) / (1 − x)",
        cure: "",
        value: () => one.neg(),
      },
      {
        cause: "term missing",
        what: "(1 − target) / (1 − x), without − target / x",
        cure: "",
        value: () => other,
      },
      {
        cause: "wrong term",
        what: "− target / x − (1 − target) / (1 − x)",
        cure: "the inner derivative of log(1 − x) is −1",
        value: () => one.neg().sub(other),
      },
    ],
  };
}

export function squared(x: NDArray, t: NDArray): LossFamily {
  const d = x.sub(t);
  return {
    text: "2 (x − target)",
    right: d.mul(2),
    slips: [
      { cause: "wrong derivative", what: "(x − target)², the loss itself", cure: "", value: () => d.mul(d) },
      {
        cause: "wrong derivative",
        what: "2 |x − target|",
        cure: "the sign remains",
        value: () => abs(d).mul(2),
      },
      { cause: "wrong derivative", what: "the sign of x − target", cure: "", value: () => sign(d) },
      { cause: "term missing", what: "2x, without − target", cure: "", value: () => x.mul(2) },
    ],
  };
}

export function absolute(x: NDArray, t: NDArray): LossFamily {
  const d = x.sub(t);
  return {
    text: "the sign of x − target",
    right: sign(d),
    slips: [
      {
        cause: "wrong derivative",
        what: "x − target, half the derivative of its square",
        cure: "",
        value: () => d,
      },
      {
        cause: "wrong derivative",
        what: "2 (x − target), the derivative of its square",
        cure: "",
        value: () => d.mul(2),
      },
      { cause: "wrong derivative", what: "|x − target|, the loss itself", cure: "", value: () => abs(d) },
      { cause: "term missing", what: "the sign of x, without − target", cure: "", value: () => sign(x) },
    ],
  };
}
