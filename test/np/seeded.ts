import fc from "fast-check";

/**
 * The seed of every property here. A failure prints it with the path to the smallest counterexample;
 * `CHALK_TEST_SEED=<n> npm test` explores others.
 */
export const seed: number = Number(process.env.CHALK_TEST_SEED ?? 20260);

/** Asserts a property from the suite's seed. */
export function holds<Ts>(property: fc.IProperty<Ts>, numRuns: number = 100): void {
  fc.assert(property, { seed, numRuns });
}
