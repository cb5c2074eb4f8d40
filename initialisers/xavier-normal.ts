import type { NDArray } from "../np/index.ts";
import { fans } from "./fans.ts";
import { settleInit } from "./init-options.ts";
import { type XavierOptions, xavierOptions } from "./xavier-uniform.ts";

/**
 * W ~ N(0, std²) with std = gain · √(2 / (fanIn + fanOut)).
 * @throws ShapeError for a shape without fans, RangeError for a negative gain
 * @see Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010, eq. 12
 */
export function xavierNormal(shape: readonly number[], options: XavierOptions): NDArray {
  const { rng, dtype, gain } = settleInit("xavierNormal", shape, xavierOptions, options);
  const { fanIn, fanOut } = fans(shape, "xavierNormal");
  const std = gain * Math.sqrt(2 / (fanIn + fanOut));
  return rng.normal(0, std, shape, { dtype });
}
