/**
 * `CHALK_EXHAUSTIVE=1 npm test` is for a release: it takes half an hour. Without it the slowest
 * sweeps take fewer seeds, so that `npm test` stays short, in `.ci/run` too.
 */
export const isExhaustive: boolean = process.env.CHALK_EXHAUSTIVE === "1";

/** The first of some seeds or other values, or all of them where the run is exhaustive. */
export function seedsToTry<T>(...seeds: readonly T[]): readonly T[] {
  return isExhaustive ? seeds : seeds.slice(0, 1);
}
