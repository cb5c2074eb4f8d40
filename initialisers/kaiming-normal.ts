import type { NDArray } from "../np/index.ts";
import { calculateGain } from "./calculate-gain.ts";
import { fanOf } from "./fans.ts";
import { settleInit } from "./init-options.ts";
import { type KaimingOptions, kaimingOptions } from "./kaiming-uniform.ts";

/**
 * W ~ N(0, std²) with std = gain / √fan. Values keep their size from layer to layer, although each
 * ReLU drops half of the variance.
 * @throws ShapeError for a shape without fans, RangeError for an unknown mode or nonlinearity
 * @see He et al., "Delving Deep into Rectifiers", ICCV 2015, eq. 10;
 * `torch.nn.init.kaiming_normal_`
 */
export function kaimingNormal(shape: readonly number[], options: KaimingOptions): NDArray {
  const { rng, dtype, a, mode, nonlinearity } = settleInit("kaimingNormal", shape, kaimingOptions, options);
  const std = calculateGain(nonlinearity, a) / Math.sqrt(fanOf(shape, mode, "kaimingNormal"));
  return rng.normal(0, std, shape, { dtype });
}
