import { randomNormal } from "d3-random";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { type Contract, type None, settleOptions } from "./arguments/contract.ts";
import { describe } from "./arguments/describe.ts";
import { dtypeOption } from "./arguments/dtype-option.ts";
import { flag } from "./arguments/kinds.ts";
import { arange, array } from "./creation.ts";
import type { DType } from "./dtype.ts";
import { type Generator, generatorAt, type RandomState, stateFrom, stateFromSeed } from "./generator.ts";
import { NDArray } from "./ndarray.ts";
import { markCopy } from "./package-copy.ts";
import { checkShape } from "./shape.ts";

export interface RandomOptions {
  /** Default "float64". */
  readonly dtype?: DType;
}

const choosing: Contract<None, { readonly replace?: boolean }> = {
  name: "choice",
  positional: {},
  options: { replace: flag(true) },
};

/**
 * A seeded stream of random numbers, xoroshiro128+ underneath. One seed gives the same numbers on every machine.
 * @see Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", ACM TOMS 47 (2021)
 */
export class Random {
  static {
    markCopy(Random.prototype);
  }

  /** The seed given to `random`; null for a spawned stream and for one without a seed. */
  readonly seed: number | null;
  #generator: Generator;

  constructor(seed: number | null, state: RandomState) {
    if (seed !== null) expectSeed("Random", seed);
    this.seed = seed;
    this.#generator = generatorAt(state);
  }

  get state(): RandomState {
    return [...this.#generator.getState()];
  }
  set state(state: RandomState) {
    this.#generator = generatorAt(state);
  }

  /** A new, independent stream, seeded by the next 128 bits of this one. */
  spawn(): Random {
    return new Random(
      null,
      Array.from({ length: 4 }, () => this.#generator.next()),
    );
  }

  /**
   * The stream that belongs to whole numbers >= 0, such as an epoch and an item's index.
   * The same numbers always give the same stream, independent of those of other numbers.
   * This stream does not advance. JAX calls it `fold_in`.
   * @throws RangeError for other numbers
   */
  foldIn(...numbers: readonly number[]): Random {
    const bad = numbers.findIndex((n) => !(Number.isSafeInteger(n) && n >= 0));
    if (bad >= 0)
      throw new RangeError(`Random.foldIn: got ${describe(numbers[bad])}; expected whole numbers >= 0`);
    return new Random(null, stateFrom(this.state, numbers));
  }

  /** One number in [0, 1). */
  next(): number {
    return uniformFloat64(this.#generator);
  }

  /** A whole number in low … high, both included. @throws RangeError unless they are whole and low <= high */
  integer(low: number, high: number): number {
    if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || low > high) {
      throw new RangeError(
        `Random.integer: from ${describe(low)} to ${describe(high)}; expected whole numbers, the smaller first`,
      );
    }
    return uniformInt(this.#generator, low, high);
  }

  /** Uniform in [low, high). @throws RangeError unless they are finite and low <= high */
  uniform(low: number, high: number, shape: readonly number[], options?: RandomOptions): NDArray {
    if (!Number.isFinite(low) || !Number.isFinite(high) || !Number.isFinite(high - low) || low > high) {
      throw new RangeError(
        `Random.uniform: from ${describe(low)} to ${describe(high)}; expected finite numbers, the smaller first`,
      );
    }
    const dtype = dtypeOption("Random.uniform", options);
    const round = dtype === "float32" ? Math.fround : (x: number): number => x;
    return this.#fill("uniform", shape, dtype, () => {
      // The largest draws can round up to high, one in 2²⁵ in float32.
      const x = round(low + (high - low) * this.next());
      return x < high ? x : low;
    });
  }

  /** The normal distribution with this mean and standard deviation. @throws RangeError unless they are finite and std >= 0 */
  normal(mean: number, std: number, shape: readonly number[], options?: RandomOptions): NDArray {
    if (!Number.isFinite(mean) || !Number.isFinite(std) || std < 0) {
      throw new RangeError(
        `Random.normal: mean ${describe(mean)}, std ${describe(std)}; expected finite numbers, std >= 0`,
      );
    }
    const dtype = dtypeOption("Random.normal", options);
    return this.#fill("normal", shape, dtype, randomNormal.source(() => this.next())(mean, std));
  }

  /** 0 … n − 1 in random order, int32. */
  permutation(n: number): NDArray {
    checkCount("permutation", "n", n);
    const order = arange(n, undefined, 1, { dtype: "int32" });
    const data = order.flat();
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(0, i);
      [data[i], data[j]] = [data[j] as number, data[i] as number];
    }
    return order;
  }

  /** `size` of the numbers 0 … n − 1, int32; each at most once with `replace: false`. @throws RangeError when n is too small */
  choice(n: number, size: number, options: { readonly replace?: boolean } = {}): NDArray {
    const { replace } = settleOptions("Random.choice", choosing, options);
    checkCount("choice", "n", n);
    checkCount("choice", "size", size);
    if (n === 0 && size > 0) throw new RangeError(`Random.choice: ${size} of 0; expected n >= 1`);
    if (replace)
      return array(
        Array.from({ length: size }, () => this.integer(0, n - 1)),
        { dtype: "int32" },
      );
    if (size > n)
      throw new RangeError(
        `Random.choice: ${size} of ${n} without replacement; expected size <= n, or replace: true`,
      );
    return this.permutation(n).slice([0, size]).copy();
  }

  #fill(where: string, shape: readonly number[], dtype: DType, draw: () => number): NDArray {
    checkShape(`Random.${where}`, shape);
    const x = NDArray.empty(shape, dtype);
    const data = x.flat();
    for (let i = 0; i < data.length; i++) data[i] = draw();
    return x;
  }
}

function expectSeed(where: string, seed: number): void {
  if (Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32) return;
  throw new RangeError(`${where}: seed is ${describe(seed)}; expected a whole number from 0 to 4294967295`);
}

function checkCount(where: string, name: string, count: number): void {
  if (!Number.isInteger(count) || count < 0 || count >= 2 ** 31)
    throw new RangeError(
      `Random.${where}: ${name} is ${describe(count)}; expected a whole number from 0 to 2147483647`,
    );
}

/**
 * A stream of random numbers from a seed, a whole number in 0 … 2³² − 1. Without one it is the next stream of the
 * program's own seed, see `manualSeed`.
 * @throws RangeError for any other seed
 * @example random(7).permutation(5) // [4, 2, 1, 3, 0]
 */
export function random(seed?: number): Random {
  if (seed === undefined) return nextUnseeded();
  expectSeed("random", seed);
  return new Random(seed, stateFromSeed(seed));
}

/** Where the streams without a seed come from, in the order in which the program asks for them. */
let unseeded: Random | null = null;

/**
 * Fixes the program's seed, from which every stream without a seed of its own comes: layers without `rng`, `random()`.
 * Without it, the platform's crypto chooses one, which is printed once; given here at the program's start, it repeats
 * the run.
 * @throws RangeError unless it is a whole number in 0 … 2³² − 1
 * @see PyTorch's `torch.manual_seed`
 * @example
 * manualSeed(7);
 * const first = random().next();
 * manualSeed(7);
 * random().next() === first // true
 */
export function manualSeed(seed: number): void {
  expectSeed("manualSeed", seed);
  unseeded = random(seed);
}

function nextUnseeded(): Random {
  if (!unseeded) {
    const fresh = crypto.getRandomValues(new Uint32Array(1))[0] as number;
    console.info(
      `random: no seed given, using ${fresh}; np.manualSeed(${fresh}) at the start of the program repeats this run`,
    );
    unseeded = random(fresh);
  }
  return unseeded.spawn();
}
