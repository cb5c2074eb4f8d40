import type { NDArray } from "../np/index.ts";
import { finite, type OptionTable, oneOf, optional } from "../np/internal.ts";
import { calculateGain, type Nonlinearity, nonlinearities } from "./calculate-gain.ts";
import { type FanMode, fanOf } from "./fans.ts";
import { type InitOptions, initOptions, settleInit } from "./init-options.ts";

export interface KaimingOptions extends InitOptions {
  /**
   * The slope of LeakyReLU for x < 0, used only with nonlinearity "leakyRelu"; default 0, a ReLU.
   */
  readonly a?: number;
  /** "fanIn" keeps the variance of the values, "fanOut" that of the gradients; default "fanIn". */
  readonly mode?: FanMode;
  /** The nonlinearity after the layer; default "leakyRelu". */
  readonly nonlinearity?: Nonlinearity;
}

export const kaimingOptions: OptionTable<KaimingOptions> = {
  ...initOptions,
  a: finite(0),
  mode: optional(oneOf("fanIn", "fanOut"), "fanIn"),
  nonlinearity: optional(oneOf(...nonlinearities), "leakyRelu"),
};

/**
 * W ~ U(−bound, bound) with bound = gain · √(3 / fan), so the standard deviation is gain / √fan.
 * PyTorch's layers use a = √5, which makes the bound 1 / √fanIn.
 * @throws ShapeError for a shape without fans, RangeError for an unknown mode or nonlinearity
 * @see He et al., "Delving Deep into Rectifiers", ICCV 2015, eq. 10;
 * `torch.nn.init.kaiming_uniform_`
 */
export function kaimingUniform(shape: readonly number[], options: KaimingOptions): NDArray {
  const { rng, dtype, a, mode, nonlinearity } = settleInit("kaimingUniform", shape, kaimingOptions, options);
  const fan = fanOf(shape, mode, "kaimingUniform");
  const bound = calculateGain(nonlinearity, a) * Math.sqrt(3 / fan);
  return rng.uniform(-bound, bound, shape, { dtype });
}
