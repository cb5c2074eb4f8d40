import { type NDArray, oneHot, sameShape } from "../../np/index.ts";
import { crossEntropy, likelihood } from "./class-losses.ts";
import { factorBetween, same, slices } from "./closeness.ts";
import { absolute, logits, probabilities, squared } from "./elementwise-losses.ts";
import { type Evidence, gradientName } from "./evidence.ts";
import type { Look, Measure } from "./look.ts";
import type { LossFamily } from "./loss-family.ts";

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

function families(x: NDArray, target: NDArray): LossFamily[] {
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
