import { mersenne } from "pure-rand/generator/mersenne";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { describe } from "./arguments/describe.ts";

/** A generator's position in its stream. Store it, and `rng.state = state` continues from there. */
export type RandomState = readonly number[];

/**
 * The interface of pure-rand's generator. The notebooks' compiler cannot find the package's own
 * types.
 */
export interface Generator {
  /** The next 32 bits, as a signed number; advances the state. */
  next(): number;
  clone(): Generator;
  getState(): readonly number[];
}

/**
 * A generator that continues from a state. @throws TypeError unless it is four 32-bit words, not
 * all 0
 */
export function generatorAt(state: RandomState): Generator {
  const words = Array.isArray(state) && state.length === 4 && state.every((word) => word === (word | 0));
  // An all-zero state only ever gives zeros.
  if (!words || state.every((word) => word === 0)) {
    throw new TypeError(
      `Random.state: expected the four whole numbers that rng.state gave, got ${describe(state)}`,
    );
  }
  return xoroshiro128plusFromState(state);
}

/**
 * Expands a 32-bit seed to a 128-bit state with another generator, MT19937, as the authors of
 * xoroshiro128+ advise: xoroshiro128+ needs many draws to leave a state of mostly zeros, and the
 * seeds 0 … 100 would all begin near 0.99999.
 */
export function stateFromSeed(seed: number): RandomState {
  const words = mersenne(seed);
  return Array.from({ length: 4 }, () => words.next());
}

/**
 * The state of the stream for a list of whole numbers. Each word of `state` absorbs every number
 * and is mixed after each, so that every input bit changes about half of its bits.
 * @see Appleby, "MurmurHash3" (2011), the finalizer fmix32
 */
export function stateFrom(state: RandomState, numbers: readonly number[]): RandomState {
  const words = numbers.flatMap((n) => [n >>> 0, Math.floor(n / 2 ** 32)]);
  return state.map((word, i) => {
    // The golden ratio's bits make the four words differ; `|| 1` avoids a state of only zeros.
    const start = stir(word ^ Math.imul(i + 1, 0x9e3779b9));
    return words.reduce((stirred, next) => stir(Math.imul(stirred, 5) + 0xe6546b64 + next), start) || 1;
  });
}

function stir(word: number): number {
  let h = word ^ (word >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
