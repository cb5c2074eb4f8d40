import { mersenne } from "pure-rand/generator/mersenne";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

/** Where a generator stands; store it, and `rng.state = state` continues from there. */
export type RandomState = readonly number[];

/** pure-rand's generator by what it has: its own types are out of reach of the notebooks' compiler. */
export interface Generator {
  /** The next 32 bits, as a signed number; moves on. */
  next(): number;
  clone(): Generator;
  getState(): readonly number[];
}

/** @throws TypeError for anything but a state: four words of 32 bits, not all 0 */
export function generatorAt(state: RandomState): Generator {
  const words = Array.isArray(state) && state.length === 4 && state.every((word) => word === (word | 0));
  // From zeros the generator gives zeros forever.
  if (!words || state.every((word) => word === 0)) {
    throw new TypeError(`Random.state: expected the four whole numbers that rng.state gave, got [${state}]`);
  }
  return xoroshiro128plusFromState(state);
}

/**
 * Another generator, MT19937, spreads the 32 bits of a seed over the 128 of a state, as the authors of xoroshiro128+ ask: it
 * needs many draws to leave a state of mostly zeros, and the seeds 0 … 100 would all begin near 0.99999.
 */
export function stateFromSeed(seed: number): RandomState {
  const words = mersenne(seed);
  return Array.from({ length: 4 }, () => words.next());
}

/**
 * The state of the stream that belongs to some whole numbers: every word of a state takes up each number, and is then stirred until each
 * bit of the input moves half of its bits.
 * @see Appleby, "MurmurHash3" (2011), the finalizer fmix32
 */
export function stateFrom(state: RandomState, numbers: readonly number[]): RandomState {
  const words = numbers.flatMap((n) => [n >>> 0, Math.floor(n / 2 ** 32)]);
  return state.map((word, i) => {
    // The golden ratio's bits set the four words apart; a state of only zeros would give zeros forever.
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
