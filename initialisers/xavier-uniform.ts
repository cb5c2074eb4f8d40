import { expectNumber } from "../contracts/internal.ts";
import type { NDArray } from "../np/index.ts";
import { fans } from "./fans.ts";
import { expectRng, type InitOptions } from "./init-options.ts";

export interface XavierOptions extends InitOptions {
  /** The value of `calculateGain` for the following nonlinearity; default 1. */
  readonly gain?: number;
}

/**
 * W ~ U(−bound, bound) with bound = gain · √(6 / (fanIn + fanOut)), a compromise between the bounds
 * that keep the variance of the values and of the gradients. For tanh and sigmoid; with ReLU use
 * `kaimingUniform`.
 * @throws ShapeError for a shape without fans, RangeError for a negative gain
 * @see Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
 * networks", AISTATS 2010, eq. 16
 */
export function xavierUniform(shape: readonly number[], { rng, dtype, gain = 1 }: XavierOptions): NDArray {
  expectNumber("xavierUniform", "gain", gain, gain >= 0, "a number >= 0");
  const { fanIn, fanOut } = fans(shape, "xavierUniform");
  const bound = gain * Math.sqrt(6 / (fanIn + fanOut));
  return expectRng("xavierUniform", rng).uniform(-bound, bound, shape, { dtype });
}
