import { type DType, Random } from "../np/index.ts";

/** What every random initialiser takes. */
export interface InitOptions {
  /** Where the numbers come from: `random(seed)`. */
  readonly rng: Random;
  /** Default "float64". */
  readonly dtype?: DType;
}

/** @throws TypeError for anything but a generator: initial weights must be repeatable */
export function expectRng(where: string, rng: Random): Random {
  if (rng instanceof Random) return rng;
  throw new TypeError(`${where}: rng is ${rng}; pass a generator: { rng: random(seed) }`);
}
