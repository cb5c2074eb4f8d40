import { formatShape } from "../../np/index.ts";
import { close, slices } from "./closeness.ts";
import { type Evidence, gradientName } from "./evidence.ts";

/** The sentence for a gradient that lacks a sum: a larger array, one row of dy, or dy summed over another axis; else null. */
export function notSummed({ quantity, found, expected, dy }: Evidence, tolerance: number): string | null {
  const d = gradientName(quantity);
  const broadcast = summedAxes(found.shape, expected.shape);
  const ways = [...(broadcast ? [broadcast] : []), ...leftOut(found.shape, expected.shape)];
  const axes = ways.find((way) => close(found.sum(way).flat(), expected.flat(), tolerance));
  if (axes) {
    const call = axes.length === 1 ? `${axes[0]}` : `[${axes.join(", ")}]`;
    return `${d} has shape ${formatShape(found.shape)} where ${formatShape(expected.shape)} belongs: forward broadcast ${quantity} along axis ${axes.join(" and ")}, so backward sums over it: .sum(${call})`;
  }
  if (!dy || dy.ndim < 2) return null;
  for (let axis = 0; axis < dy.ndim; axis++) {
    if (!close(dy.sum(axis).flat(), expected.flat(), tolerance)) continue;
    const rows = slices(dy, axis);
    const only = rows.findIndex((row) => close(row, found.flat(), tolerance));
    if (only >= 0)
      return `${d} is element ${only} of dy along axis ${axis} alone: sum over that axis, .sum(${axis})`;
    for (let other = 0; other < dy.ndim; other++)
      if (close(dy.sum(other).flat(), found.flat(), tolerance))
        return `${d} is dy summed over axis ${other}; forward broadcast ${quantity} along axis ${axis}, so use .sum(${axis})`;
  }
  return null;
}

/** Every set of axes whose removal turns shape `from` into `to`, such as (N, H, W) for a number per channel of (N, C, H, W). */
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

/** The axes to sum over to turn shape `from` into `to` by the rules of broadcasting; null if that is impossible. */
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
