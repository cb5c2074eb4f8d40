import { finite } from "./number-format.ts";

/**
 * The range of the finite values; [0, 1] if there are none. Values that are equal up to rounding
 * get room around them, because no axis has ticks between neighbouring doubles.
 */
export function extent(values: readonly number[]): [number, number] {
  const drawn = values.filter(finite);
  if (drawn.length === 0) return [0, 1];
  const [low, high] = [Math.max(Math.min(...drawn), -1e300), Math.min(Math.max(...drawn), 1e300)];
  const room = 0.05 * Math.max(Math.abs(low), Math.abs(high), 1e-12);
  return high - low > room / 1e6 ? [low, high] : [low - room, high + room];
}
