import { exp, type NDArray } from "../../np/index.ts";
import { same } from "./closeness.ts";
import { type Evidence, gradientName } from "./evidence.ts";
import type { Look, Measure, Slip } from "./look.ts";
import { elementwise } from "./own-input.ts";

type Sum = (a: NDArray) => NDArray;

/** Recognises slips in the backward of a softmax or a log-softmax, by what the right gradient is made of. */
export function softmaxSlip(evidence: Evidence, { tolerance }: Measure): Look | null {
  const own = elementwise(evidence);
  if (!own || own.x.ndim === 0) return null;
  const { found, expected, quantity } = evidence;
  const { y, dy } = own;
  for (const sign of [1, -1])
    for (let axis = 0; axis < y.ndim; axis++) {
      const sum: Sum = (a) => a.sum(axis, true);
      const others = otherSums(y, axis);
      const families = [
        { right: y.mul(dy.sub(sum(dy.mul(y)))), slips: ofSoftmax(y, dy, sum, others) },
        { right: dy.sub(exp(y).mul(sum(dy))), slips: ofLogSoftmax(exp(y), dy, sum, others) },
      ];
      for (const { right, slips } of families) {
        if (!same(right.mul(sign), expected, tolerance)) continue;
        const slip = slips.find(({ value }) => same(value().mul(sign), found, tolerance));
        if (slip) return { ...slip, what: `${gradientName(quantity)} is ${sign < 0 ? "−" : ""}${slip.what}` };
      }
    }
  return null;
}

/** Sums along every other axis, and over all elements. */
function otherSums(y: NDArray, axis: number): { readonly name: string; readonly sum: Sum }[] {
  const axes = y.shape.flatMap((_, other) =>
    other === axis ? [] : [{ name: `along axis ${other}`, sum: (a: NDArray): NDArray => a.sum(other, true) }],
  );
  return y.ndim < 2 ? axes : [...axes, { name: "over all elements", sum: (a: NDArray): NDArray => a.sum() }];
}

function ofSoftmax(y: NDArray, dy: NDArray, sum: Sum, others: ReturnType<typeof otherSums>): Slip[] {
  const cure = "every y depends on every x of its row: dx = y · (dy − Σ dy · y)";
  const n = y.size / sum(y).size;
  const s = sum(dy.mul(y));
  const term = (what: string, value: () => NDArray): Slip => ({ cause: "wrong term", what, cure, value });
  return [
    { cause: "term missing", what: "y · dy: a term is missing", cure, value: () => y.mul(dy) },
    {
      cause: "term missing",
      what: "dy · y (1 − y): only the diagonal of the Jacobian, as for a sigmoid",
      cure,
      value: () => dy.mul(y).mul(y.neg().add(1)),
    },
    {
      cause: "term missing",
      what: "− y Σ dy · y: a term is missing",
      cure,
      value: () => y.mul(s).neg(),
    },
    {
      cause: "term missing",
      what: "dy − Σ dy · y: a factor in front is missing",
      cure,
      value: () => dy.sub(s),
    },
    {
      cause: "term missing",
      what: "y · dy − Σ dy · y: the sum lacks a factor",
      cure,
      value: () => y.mul(dy).sub(s),
    },
    term("y · (dy − Σ dy): the sum lacks its weights", () => y.mul(dy.sub(sum(dy)))),
    term("y · (dy + Σ dy · y): the sign of the sum is wrong", () => y.mul(dy.add(s))),
    term("y · (dy − y Σ dy · y): the sum has a factor y too many", () => y.mul(dy.sub(y.mul(s)))),
    term("y · (dy − y Σ dy): the Σ of the log-softmax", () => y.mul(dy.sub(y.mul(sum(dy))))),
    term("dy − y Σ dy, which is for a log-softmax", () => dy.sub(y.mul(sum(dy)))),
    term("y − dy, which is for a softmax with a cross entropy behind it", () => y.sub(dy)),
    term("dy − y, which is for a softmax with a cross entropy behind it", () => dy.sub(y)),
    {
      cause: "wrong count",
      what: "y · (dy − mean(dy · y)): a mean where the sum belongs",
      cure,
      value: () => y.mul(dy.sub(s.div(n))),
    },
    ...others.map(
      ({ name, sum: other }): Slip => ({
        cause: "wrong axis",
        what: `y · (dy − Σ dy · y) with the sum ${name}`,
        cure: "sum along the axis of the softmax, and keep it as an axis of length 1",
        value: () => y.mul(dy.sub(other(dy.mul(y)))),
      }),
    ),
  ];
}

function ofLogSoftmax(p: NDArray, dy: NDArray, sum: Sum, others: ReturnType<typeof otherSums>): Slip[] {
  const cure = "dx = dy − softmax · Σ dy";
  const n = p.size / sum(p).size;
  const term = (what: string, value: () => NDArray): Slip => ({ cause: "wrong term", what, cure, value });
  return [
    { cause: "term missing", what: "dy alone: a term is missing", cure, value: () => dy },
    { cause: "term missing", what: "dy − softmax: a factor is missing", cure, value: () => dy.sub(p) },
    {
      cause: "term missing",
      what: "− softmax · Σ dy: a term is missing",
      cure,
      value: () => p.mul(sum(dy)).neg(),
    },
    {
      cause: "term missing",
      what: "dy − Σ dy: a factor is missing",
      cure,
      value: () => dy.sub(sum(dy)),
    },
    {
      cause: "term missing",
      what: "dy · (1 − softmax): only the diagonal of the Jacobian",
      cure,
      value: () => dy.mul(p.neg().add(1)),
    },
    term("dy − softmax · Σ dy · softmax: the sum has a weight too many", () => dy.sub(p.mul(sum(dy.mul(p))))),
    term("dy + softmax · Σ dy: the sign of the sum is wrong", () => dy.add(p.mul(sum(dy)))),
    term("softmax · (dy − Σ dy · softmax), which is for a softmax", () => p.mul(dy.sub(sum(dy.mul(p))))),
    term("softmax − dy, which is for a softmax with a cross entropy behind it", () => p.sub(dy)),
    {
      cause: "wrong count",
      what: "dy − softmax · mean(dy): a mean where the sum belongs",
      cure,
      value: () => dy.sub(p.mul(sum(dy).div(n))),
    },
    ...others.map(
      ({ name, sum: other }): Slip => ({
        cause: "wrong axis",
        what: `dy − softmax · Σ dy with the sum ${name}`,
        cure: "sum along the axis of the softmax, and keep it as an axis of length 1",
        value: () => dy.sub(p.mul(other(dy))),
      }),
    ),
  ];
}
