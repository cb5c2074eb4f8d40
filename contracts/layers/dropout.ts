import type { DType, NDArray, Random } from "../../np/index.ts";
import { type Contract, number, type Option, optional, rng } from "../../np/internal.ts";

export interface DropoutOptions {
  /**
   * Where the masks come from: the layer spawns its own stream from it.
   * Default: `random()`, a stream of the program's seed, which is printed once.
   */
  readonly rng?: Random;
}

const p: Option<number> = optional(
  number({ least: 0, most: 1 }, ": dropout probability has to be between 0 and 1"),
  0.5,
);

export const Dropout: Contract<{ p?: number }, DropoutOptions> = {
  name: "Dropout",
  positional: { p },
  options: { rng },
};

export const Dropout2d: Contract<{ p?: number }, DropoutOptions> = { ...Dropout, name: "Dropout2d" };

/**
 * The factors of x: 0 with probability p, else 1 / (1 − p), so that the mean stays the same.
 * An element is kept if its number in `rng.uniform(0, 1, shape)` is at least p;
 * for p = 1 none is kept.
 */
export function dropoutMask(shape: readonly number[], p: number, rng: Random, dtype: DType): NDArray {
  const kept = rng.uniform(0, 1, shape).greaterEqual(p).astype(dtype);
  return p === 1 ? kept : kept.div(1 - p);
}
