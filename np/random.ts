import { randomNormal } from "d3-random";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { withoutDefault } from "./arguments/argument.ts";
import { type Contract, type None, settleOptions } from "./arguments/contract.ts";
import { describe } from "./arguments/describe.ts";
import { dtypeOption } from "./arguments/dtype-option.ts";
import { argument, flag } from "./arguments/kinds.ts";
import { arange } from "./creation.ts";
import type { DType } from "./dtype.ts";
import { ShapeError } from "./errors.ts";
import { take } from "./functions/indexing.ts";
import { type Generator, generatorAt, type RandomState, stateFrom, stateFromSeed } from "./generator.ts";
import { NDArray } from "./ndarray.ts";
import { checkArray } from "./operand.ts";
import { markCopy } from "./package-copy.ts";
import { checkShape, sizeOf } from "./shape.ts";
import { probabilities, weightedChoice } from "./weighted-choice.ts";

export interface RandomOptions {
  /** Default "float64". */
  readonly dtype?: DType;
}

/** The shape of what is drawn: one number for a vector, or a list. */
export type Size = number | readonly number[];

export interface IntegersOptions {
  /** Whether `high` itself can be drawn; default false. */
  readonly endpoint?: boolean;
}

const wholeNumbers: Contract<None, IntegersOptions> = {
  name: "integers",
  positional: {},
  options: { endpoint: flag(false) },
};

export interface ChoiceOptions {
  /** Whether one can be drawn several times; default true. */
  readonly replace?: boolean;
  /** The probability of each; default: all are equal. */
  readonly p?: NDArray | readonly number[];
}

const choosing: Contract<None, ChoiceOptions> = {
  name: "choice",
  positional: {},
  options: {
    replace: flag(true),
    p: withoutDefault(
      argument(
        "array",
        "an array or a list of probabilities",
        (x) => x instanceof NDArray || Array.isArray(x),
      ),
      "equal probabilities",
    ),
  },
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

  /**
   * Whole numbers from low to high − 1, or from 0 to low − 1 if high is null, int32; one number
   * without `size`. `integer` includes its upper end.
   * @throws RangeError unless they are whole, there is one to choose, and they fit into int32
   */
  integers(low: number, high?: number | null): number;
  integers(low: number, high: number | null, size: Size, options?: IntegersOptions): NDArray;
  integers(
    low: number,
    high: number | null = null,
    size?: Size,
    options: IntegersOptions = {},
  ): number | NDArray {
    const { endpoint } = settleOptions("Random.integers", wholeNumbers, options);
    const [first, end] = high === null ? [0, low] : [low, high];
    const fits = [first, end].every((n) => Number.isInteger(n) && Math.abs(n) <= 2 ** 31);
    const last = fits && !endpoint ? end - 1 : end;
    if (!fits || first > last)
      throw new RangeError(
        `Random.integers: from ${describe(first)} to ${describe(end)}, ${endpoint ? "included" : "excluded"}; expected whole numbers of int32, the smaller first`,
      );
    if (size === undefined) return this.integer(first, last);
    return this.#fill("integers", size, "int32", () => this.integer(first, last));
  }

  /** Uniform in [0, 1); one number without `size`. */
  random(): number;
  random(size: Size, options?: RandomOptions): NDArray;
  random(size?: Size, options?: RandomOptions): number | NDArray {
    dtypeOption("Random.random", options);
    return size === undefined ? this.next() : this.uniform(0, 1, size, options);
  }

  /** Uniform in [low, high); one number without `size`. @throws RangeError unless they are finite and low <= high */
  uniform(low?: number, high?: number): number;
  uniform(low: number, high: number, size: Size, options?: RandomOptions): NDArray;
  uniform(low: number = 0, high: number = 1, size?: Size, options?: RandomOptions): number | NDArray {
    if (!Number.isFinite(low) || !Number.isFinite(high) || !Number.isFinite(high - low) || low > high) {
      throw new RangeError(
        `Random.uniform: from ${describe(low)} to ${describe(high)}; expected finite numbers, the smaller first`,
      );
    }
    const dtype = dtypeOption("Random.uniform", options);
    const round = dtype === "float32" ? Math.fround : (x: number): number => x;
    const draw = (): number => {
      // The largest draws can round up to high, one in 2²⁵ in float32.
      const x = round(low + (high - low) * this.next());
      return x < high ? x : low;
    };
    return size === undefined ? draw() : this.#fill("uniform", size, dtype, draw);
  }

  /** The normal distribution with mean `loc` and standard deviation `scale`; one number without `size`. @throws RangeError unless they are finite and scale >= 0 */
  normal(loc?: number, scale?: number): number;
  normal(loc: number, scale: number, size: Size, options?: RandomOptions): NDArray;
  normal(loc: number = 0, scale: number = 1, size?: Size, options?: RandomOptions): number | NDArray {
    if (!Number.isFinite(loc) || !Number.isFinite(scale) || scale < 0) {
      throw new RangeError(
        `Random.normal: mean ${describe(loc)}, std ${describe(scale)}; expected finite numbers, std >= 0`,
      );
    }
    const dtype = dtypeOption("Random.normal", options);
    const draw = randomNormal.source(() => this.next())(loc, scale);
    return size === undefined ? draw() : this.#fill("normal", size, dtype, draw);
  }

  /** The normal distribution with mean 0 and standard deviation 1; one number without `size`. */
  standardNormal(): number;
  standardNormal(size: Size, options?: RandomOptions): NDArray;
  standardNormal(size?: Size, options?: RandomOptions): number | NDArray {
    dtypeOption("Random.standardNormal", options);
    return size === undefined ? this.normal() : this.normal(0, 1, size, options);
  }

  /** 0 … n − 1 in random order, int32; of an array, a copy with its entries along axis 0 in random order. */
  permutation(x: number | NDArray): NDArray {
    if (x instanceof NDArray) return take(x, this.permutation(rowsOf("permutation", x)), 0);
    checkCount("permutation", "n", x);
    const order = arange(x, undefined, 1, { dtype: "int32" });
    const data = order.flat();
    for (let i = x - 1; i > 0; i--) {
      const j = this.integer(0, i);
      [data[i], data[j]] = [data[j] as number, data[i] as number];
    }
    return order;
  }

  /** Puts the entries of an array along axis 0 in random order, in place. `permutation` returns a copy. */
  shuffle(x: NDArray): void {
    rowsOf("shuffle", x);
    x.copyFrom(this.permutation(x));
  }

  /**
   * Random elements of 0 … n − 1 (int32), or of an array along axis 0; each at most once with
   * `replace: false`, and with the probabilities `p`. One number, or one entry, without `size`.
   * @throws RangeError when there are too few, or p are not probabilities
   */
  choice(n: number): number;
  choice(x: NDArray): NDArray;
  choice(x: number | NDArray, size: Size, options?: ChoiceOptions): NDArray;
  choice(x: number | NDArray, size?: Size, options: ChoiceOptions = {}): number | NDArray {
    const { replace, p } = settleOptions("Random.choice", choosing, options);
    const n = x instanceof NDArray ? rowsOf("choice", x) : x;
    checkCount("choice", "n", n);
    const shape = size === undefined ? [] : typeof size === "number" ? [size] : size;
    if (typeof size === "number") checkCount("choice", "size", size);
    checkShape("Random.choice", shape);
    const picked = this.#pick(n, sizeOf(shape), replace, p && probabilities(p, n)).reshape(shape);
    if (x instanceof NDArray) return take(x, picked, 0);
    return size === undefined ? picked.item() : picked;
  }

  #pick(n: number, size: number, replace: boolean, p: Float64Array | undefined): NDArray {
    if (n === 0 && size > 0) throw new RangeError(`Random.choice: ${size} of 0; expected n >= 1`);
    const possible = p ? p.filter((share) => share > 0).length : n;
    if (!replace && size > possible)
      throw new RangeError(
        `Random.choice: ${size} of ${possible} without replacement; expected size <= n, or replace: true`,
      );
    if (p) return NDArray.from(weightedChoice(() => this.next(), p, size, replace));
    if (!replace) return this.permutation(n).slice([0, size]).copy();
    return NDArray.from(Int32Array.from({ length: size }, () => this.integer(0, n - 1)));
  }

  #fill(where: string, size: Size, dtype: DType, draw: () => number): NDArray {
    const shape = typeof size === "number" ? [size] : size;
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

/** The length of axis 0. */
function rowsOf(where: string, x: NDArray): number {
  checkArray(`Random.${where}`, x);
  const [rows] = x.shape;
  if (rows !== undefined) return rows;
  throw new ShapeError(`Random.${where}: the array is a scalar; expected an array with one axis or more`);
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

/** The program's seed unless it gives one; null: a fresh one, which is printed. */
let agreed: { readonly seed: number; readonly isPrinted: boolean } | null = null;

/**
 * For processes that run one program together: if it gives no seed, all use this one, and only
 * those with `isPrinted` say so.
 */
export function agreeOnSeed(seed: number, isPrinted: boolean): void {
  expectSeed("agreeOnSeed", seed);
  agreed = { seed, isPrinted };
}

/** A seed from the platform's crypto. */
export function freshSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] as number;
}

function nextUnseeded(): Random {
  if (!unseeded) {
    const { seed, isPrinted } = agreed ?? { seed: freshSeed(), isPrinted: true };
    if (isPrinted)
      console.info(
        `random: no seed given, using ${seed}; np.manualSeed(${seed}) at the start of the program repeats this run`,
      );
    unseeded = random(seed);
  }
  return unseeded.spawn();
}
