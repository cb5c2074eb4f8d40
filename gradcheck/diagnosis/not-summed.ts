import { formatShape, sameShape } from "../../np/index.ts";
import { close, slices } from "./closeness.ts";
import { type Evidence, gradientName, isParameter } from "./evidence.ts";
import type { Look } from "./look.ts";

/**
 * Recognises a larger array whose sums are the gradient; or, in the right shape, one row of dy or
 * its sum over another axis.
 */
export function notSummed(
  { quantity, found, expected, dy }: Evidence,
  tolerance: number,
): Omit<Look, "cause"> | null {
  const d = gradientName(quantity);
  const broadcast = summedAxes(found.shape, expected.shape);
  const ways = [...(broadcast ? [broadcast] : []), ...leftOut(found.shape, expected.shape)];
  const axes = ways.find((way) => close(found.sum(way).flat(), expected.flat(), tolerance));
  if (axes) {
    const call = axes.length === 1 ? `${axes[0]}` : `[${axes.join(", ")}]`;
    return {
      what: `${d} has shape ${formatShape(found.shape)} where ${formatShape(expected.shape)} belongs`,
      cure: `forward broadcast ${quantity} along axis ${axes.join(" and ")}, so backward sums over it: .sum(${call})`,
    };
  }
  if (!dy || dy.ndim < 2) return null;
  for (let axis = 0; axis < dy.ndim; axis++) {
    if (!close(dy.sum(axis).flat(), expected.flat(), tolerance)) continue;
    const rows = slices(dy, axis);
    const only = rows.findIndex((row) => close(row, found.flat(), tolerance));
    if (only >= 0)
      return {
        what: `${d} is element ${only} of dy along axis ${axis} alone`,
        cure: `sum over that axis, .sum(${axis})`,
      };
    for (let other = 0; other < dy.ndim; other++)
      if (other !== axis && close(dy.sum(other).flat(), found.flat(), tolerance))
        return {
          what: `${d} is dy summed over axis ${other}`,
          cure: `forward broadcast ${quantity} along axis ${axis}, so use .sum(${axis})`,
        };
  }
  return null;
}

/** Recognises a parameter's gradient that lacks samples: of the first or last alone, or without it. */
export function oneSample(evidence: Evidence, tolerance: number): Omit<Look, "cause"> | null {
  const { quantity, found, expected, dy, inputs = [], right } = evidence;
  const [samples = 0] = dy?.shape ?? [];
  if (!isParameter(evidence) || !dy || !right || samples < 2 || !sameShape(found.shape, expected.shape))
    return null;
  const size = dy.size / samples;
  for (const [at, which] of [
    [samples - 1, "the last"],
    [0, "the first"],
  ] as const) {
    const only = dy.mul(0);
    only.flat().set(dy.flat().slice(at * size, (at + 1) * size), at * size);
    const one = right(only, ...inputs);
    if (!one || !sameShape(one.shape, expected.shape)) return null;
    const d = gradientName(quantity);
    if (close(one.flat(), found.flat(), tolerance))
      return {
        what: `${d} is that of sample ${at} alone, ${which}`,
        cure: "sum over all samples, with += in a loop",
      };
    if (close(expected.sub(one).flat(), found.flat(), tolerance))
      return {
        what: `${d} lacks sample ${at}, ${which}`,
        cure: "where does the loop over the samples begin and end?",
      };
  }
  return null;
}

/**
 * All sets of axes whose removal turns shape `from` into `to`. For example, a value per channel
 * belongs to the middle axis of (N, C, H, W).
 */
function leftOut(from: readonly number[], to: readonly number[]): number[][] {
  const axes = from.map((_, axis) => axis);
  const sets = Array.from({ length: 2 ** from.length - 1 }, (_, i) =>
    axes.filter((axis) => (i + 1) & (1 << axis)),
  );
  return sets.filter((set) => {
    const rest = from.filter((_, axis) => !set.includes(axis));
    const sums = set.some((axis) => (from[axis] as number) > 1);
    return sums && rest.length === to.length && rest.every((n, i) => n === to[i]);
  });
}

/**
 * The axes over which broadcasting rules sum an array of shape `from` to `to`; null if they cannot.
 */
function summedAxes(from: readonly number[], to: readonly number[]): number[] | null {
  const extra = from.length - to.length;
  if (extra < 0) return null;
  const axes: number[] = [];
  for (const [axis, length] of from.entries()) {
    const wanted = to[axis - extra] ?? 1;
    if (length === wanted && axis >= extra) continue;
    if (wanted !== 1) return null;
    axes.push(axis);
  }
  return axes.some((axis) => (from[axis] as number) > 1) ? axes : null;
}
