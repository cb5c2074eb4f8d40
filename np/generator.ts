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
