import type { Random } from "../../np/index.ts";
import { describe } from "../../np/internal.ts";

/** The lowest and highest values that may be drawn. */
export type Bounds = readonly [low: number, high: number];

/**
 * Reads a range: a number d means from center − d to center + d; two numbers are the bounds.
 * @throws RangeError for a negative d, or bounds that are not finite, ordered and within `least` …
 * `most`
 */
export function boundsOption(
  where: string,
  name: string,
  given: number | Bounds,
  limits: { readonly center?: number; readonly least?: number; readonly most?: number } = {},
): Bounds {
  const { center = 0, least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = limits;
  const [low, high, ...more] = typeof given === "number" ? [center - given, center + given] : given;
  const ordered = Number.isFinite(low) && Number.isFinite(high) && low <= high && more.length === 0;
  if (ordered && low >= least && high <= most) return [low, high];
  const within = Number.isFinite(least) || Number.isFinite(most) ? ` within ${least} … ${most}` : "";
  throw new RangeError(
    `${where}: ${name} is ${describe(given)}; expected a number from 0 on, or [lowest, highest]${within}`,
  );
}

/** Draws a number uniformly between the bounds. */
export function drawBetween([low, high]: Bounds, rng: Random): number {
  return low + (high - low) * rng.next();
}
