import { expectNumber } from "../contracts/internal.ts";
import type { NDArray } from "../np/index.ts";
import { fans } from "./fans.ts";
import { expectRng } from "./init-options.ts";
import type { XavierOptions } from "./xavier-uniform.ts";

/**
 * W ~ N(0, std²) with std = gain · √(2 / (fanIn + fanOut)).
 * @throws ShapeError for a shape without fans, RangeError for a negative gain
 * @see Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010, eq. 12
 */
export function xavierNormal(shape: readonly number[], { rng, dtype, gain = 1 }: XavierOptions): NDArray {
  expectNumber("xavierNormal", "gain", gain, gain >= 0, "a number >= 0");
  const { fanIn, fanOut } = fans(shape, "xavierNormal");
  const std = gain * Math.sqrt(2 / (fanIn + fanOut));
  return expectRng("xavierNormal", rng).normal(0, std, shape, { dtype });
}
