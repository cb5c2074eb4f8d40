import type { Random } from "../np/index.ts";
import { integer, type OptionTable, optional, orNull, stream } from "../np/internal.ts";

/** The source of a data set's random numbers. */
export interface SeedOptions {
  /** A whole number. Default null: without an rng, a fresh seed is chosen and printed. */
  readonly seed?: number | null;
  /** A random stream to use instead of a seed. Default null: none. */
  readonly rng?: Random | null;
}

export const seedOptions: OptionTable<SeedOptions> = {
  seed: optional(orNull(integer({ least: 0, most: 2 ** 32 - 1 }), "a fresh seed, which is printed"), null),
  rng: optional(orNull(stream, "a stream of the seed"), null),
};
