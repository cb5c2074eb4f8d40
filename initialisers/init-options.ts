import { type DType, Random } from "../np/index.ts";
import {
  shape as anyShape,
  describe,
  expectArgument,
  floatType,
  type OptionTable,
  type Settled,
  settleOptions,
  stream,
} from "../np/internal.ts";

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

/** The options of every random initialiser. Without rng, `expectRng` says what to pass. */
export const initOptions: OptionTable<InitOptions> = {
  rng: { ...stream, required: false, default: undefined },
  dtype: floatType(),
};

/**
 * The options of a random initialiser, those given and the defaults of the others.
 * @throws TypeError for an unknown option, a value of the wrong type or no rng; ShapeError for a shape that is no list of
 * whole numbers >= 0; RangeError for a value outside its range
 */
export function settleInit<O extends InitOptions>(
  where: string,
  shape: readonly number[],
  options: OptionTable<O>,
  given: O,
): Settled<Record<never, never>, O> {
  expectArgument(where, "shape", anyShape, shape);
  const settled = settleOptions(where, { name: where, positional: {}, options }, given);
  expectRng(where, settled.rng);
  return settled;
}
