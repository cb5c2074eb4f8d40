import { type DType, Random } from "../np/index.ts";
import { describe } from "../np/internal.ts";

/** The options of every random initialiser. */
export interface InitOptions {
  /** The random generator: `random(seed)`. */
  readonly rng: Random;
  /** Default "float64". */
  readonly dtype?: DType;
}

/**
 * Returns the generator.
 * @throws TypeError for anything else: initial weights must be repeatable
 */
export function expectRng(where: string, rng: Random): Random {
  if (rng instanceof Random) return rng;
  throw new TypeError(`${where}: rng is ${describe(rng)}; pass a generator: { rng: random(seed) }`);
}
