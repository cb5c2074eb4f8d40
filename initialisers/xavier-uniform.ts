import type { NDArray } from "../np/index.ts";
import { atLeastZero, type OptionTable } from "../np/internal.ts";
import { fans } from "./fans.ts";
import { type InitOptions, initOptions, settleInit } from "./init-options.ts";

export interface XavierOptions extends InitOptions {
  /** The value of `calculateGain` for the following nonlinearity; default 1. */
  readonly gain?: number;
}

export const xavierOptions: OptionTable<XavierOptions> = { ...initOptions, gain: atLeastZero(1) };

/**
 * W ~ U(−bound, bound) with bound = gain · √(6 / (fanIn + fanOut)), a compromise between the bounds
 * that keep the variance of the values and of the gradients. For tanh and sigmoid; with ReLU use
 * `kaimingUniform`.
 * @throws ShapeError for a shape without fans, RangeError for a negative gain
 * @see Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
 * networks", AISTATS 2010, eq. 16
 */
export function xavierUniform(shape: readonly number[], options: XavierOptions): NDArray {
  const { rng, dtype, gain } = settleInit("xavierUniform", shape, xavierOptions, options);
  const { fanIn, fanOut } = fans(shape, "xavierUniform");
  const bound = gain * Math.sqrt(6 / (fanIn + fanOut));
  return rng.uniform(-bound, bound, shape, { dtype });
}
