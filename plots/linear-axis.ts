import { finite } from "./number-format.ts";

/** The smallest and the largest finite value; null if there are none. */
export function bounds(values: readonly number[]): [number, number] | null {
  // Not Math.min(...values), which fails for a hundred thousand weights.
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!finite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : null;
}

/**
 * The range of the finite values; [0, 1] if there are none. Values that are equal up to rounding
 * get room around them, because no axis has ticks between neighbouring doubles.
 */
export function extent(values: readonly number[]): [number, number] {
  const found = bounds(values);
  if (!found) return [0, 1];
  const [low, high] = [Math.max(found[0], -1e300), Math.min(found[1], 1e300)];
  const room = 0.05 * Math.max(Math.abs(low), Math.abs(high), 1e-12);
  return high - low > room / 1e6 ? [low, high] : [low - room, high + room];
}

/** An axis of numbers over a range, with a name. */
export function linearAxis(
  field: string,
  title: string,
  domain: readonly [number, number],
): Readonly<Record<string, unknown>> {
  return {
    field,
    type: "quantitative",
    title,
    scale: { domain, nice: true, zero: false, padding: 6 },
    axis: { tickCount: 5 },
  };
}
