import { abs, exp, log, logsumexp, type NDArray, oneHot, sameShape, sigmoid, sign } from "../../np/index.ts";
import { factorBetween, same, slices } from "./closeness.ts";
import { type Evidence, gradientName } from "./evidence.ts";
import type { Look, Measure, Slip } from "./look.ts";

/** A right dx up to a factor in each row, and the slips that are made of it. */
interface Family {
  readonly text: string;
  readonly right: NDArray;
  readonly slips: readonly Slip[];
}

/** Recognises slips in dx of a loss of predictions and targets, by what the right dx is made of. */
export function lossSlip(evidence: Evidence, { tolerance }: Measure): Look | null {
  const { quantity, found, expected, inputs: [x, target] = [] } = evidence;
  if (quantity !== "x" || !x || !target || x.ndim === 0 || !sameShape(x.shape, expected.shape)) return null;
  if (!sameShape(found.shape, expected.shape)) return null;
  for (const { text, right, slips } of families(x, target)) {
    const scale = rowFactors(expected, right, tolerance);
    if (!scale) continue;
    const slip = slips.find(({ value }) => same(value().mul(scale), found, tolerance));
    if (slip)
      return {
        ...slip,
        what: `${gradientName(quantity)} is ${slip.what}, times dy and the loss's own factor`,
        cure: `${slip.cure ? `${slip.cure}: ` : ""}∂loss/∂x is ${text}, times dy and that factor`,
      };
  }
  return null;
}

/** The factor of each row (along axis 0) in expected = factor · right, broadcast over it; null if there is none. */
function rowFactors(expected: NDArray, right: NDArray, tolerance: number): NDArray | null {
  const theirs = slices(right, 0);
  const factors = slices(expected, 0).map((row, i) => {
    if (Array.from(row).every((value) => value === 0)) return 0;
    return row.length < 2 ? null : factorBetween(row, theirs[i] ?? [], tolerance);
  });
  if (
    factors.every((factor): factor is number => factor !== null) &&
    factors.some((factor) => factor !== 0)
  ) {
    const one = right.slice([0, 1]).mul(0);
    const rows = factors.map((factor) => one.add(factor));
    return rows.length === 1 ? (rows[0] as NDArray) : stacked(rows, right.shape);
  }
  const all = factorBetween(expected.flat(), right.flat(), tolerance);
  return all === null || right.size < 2 ? null : right.mul(0).add(all);
}

function stacked(rows: readonly NDArray[], shape: readonly number[]): NDArray {
  const flat = rows.flatMap((row) => Array.from(row.flat()));
  const all = (rows[0] as NDArray).broadcastTo(shape).copy();
  all.flat().set(flat);
  return all;
}

function families(x: NDArray, target: NDArray): Family[] {
  const t = (sameShape(target.shape, x.shape) ? target : classes(x, target))?.astype("float64");
  if (!t) return [];
  const name = sameShape(target.shape, x.shape) ? "target" : "one-hot target";
  const elementwise = sameShape(target.shape, x.shape)
    ? [logits(x, t), probabilities(x, t), squared(x, t), absolute(x, t)]
    : [];
  return [...(x.ndim === 2 ? [crossEntropy(x, t, name), likelihood(x, t, name)] : []), ...elementwise];
}

/** Class indices as one-hot rows; null if they are not class indices of x (N, C). */
function classes(x: NDArray, target: NDArray): NDArray | null {
  if (x.ndim !== 2 || target.ndim !== 1 || target.shape[0] !== x.shape[0]) return null;
  const count = x.shape[1] as number;
  const flat = Array.from(target.flat());
  if (!flat.every((value) => Number.isInteger(value) && value < count)) return null;
  return oneHot(target.astype("float64").mul(target.greaterEqual(0)), count);
}

function crossEntropy(x: NDArray, t: NDArray, name: string): Family {
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

function logits(x: NDArray, t: NDArray): Family {
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

function probabilities(x: NDArray, t: NDArray): Family {
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

function squared(x: NDArray, t: NDArray): Family {
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

function likelihood(x: NDArray, t: NDArray, name: string): Family {
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

function absolute(x: NDArray, t: NDArray): Family {
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
