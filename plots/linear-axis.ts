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

/** The range of the values and a tenth more on either side. */
export function widened(values: readonly number[]): [number, number] {
  const [low, high] = extent(values);
  const room = (high - low) / 10;
  return [low - room, high + room];
}

/** `n` evenly spaced values over the range of the values and a tenth more on either side. */
export function ticks(values: readonly number[], n: number): number[] {
  const [from, to] = widened(values);
  return Array.from({ length: n }, (_, i) => from + ((to - from) * i) / (n - 1));
}

/** A field that holds places in pixels: nothing scales it, and it has no axis. */
export function inPixels(field: string): Readonly<Record<string, unknown>> {
  return { field, type: "quantitative", scale: null, axis: null };
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
