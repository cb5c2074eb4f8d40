import type { Random } from "../np/index.ts";
import { integer, type OptionTable, optional, orNull, stream } from "../np/internal.ts";

/** Where the chance of a data set comes from. */
export interface SeedOptions {
  /** A whole number. Default null: a fresh seed is chosen, and printed, unless there is an rng. */
  readonly seed?: number | null;
  /** A stream to draw from, instead of a seed. Default null: none. */
  readonly rng?: Random | null;
}

export const seedOptions: OptionTable<SeedOptions> = {
  seed: optional(orNull(integer({ least: 0, most: 2 ** 32 - 1 }), "a fresh seed, which is printed"), null),
  rng: optional(orNull(stream, "a stream of the seed"), null),
};
