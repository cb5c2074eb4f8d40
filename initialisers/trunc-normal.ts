import { NDArray, type Random } from "../np/index.ts";
import { expectArgument, finite, number, type OptionTable, optional } from "../np/internal.ts";
import { type InitOptions, initOptions, settleInit } from "./init-options.ts";

export interface TruncNormalOptions extends InitOptions {
  /** The mean before truncation; default 0. */
  readonly mean?: number;
  /** The standard deviation before truncation, > 0; default 1. */
  readonly std?: number;
  /** The smallest value, in the units of W, not in standard deviations; default −2. */
  readonly a?: number;
  /** The largest value; default 2. */
  readonly b?: number;
}

const truncNormalOptions: OptionTable<TruncNormalOptions> = {
  ...initOptions,
  mean: finite(0),
  std: optional(number({ above: 0 }), 1),
  a: finite(-2),
  b: finite(2),
};

/**
 * W ~ N(mean, std²), redrawn where it falls outside a … b. The bounds are absolute, as in PyTorch:
 * with std 0.02 the defaults −2 and 2 lie a hundred standard deviations out and cut nothing.
 * @throws RangeError unless std > 0 and a < b, all finite
 * @see `torch.nn.init.trunc_normal_`; Devroye, "Non-Uniform Random Variate Generation", 1986,
 * section II.3
 */
export function truncNormal(shape: readonly number[], options: TruncNormalOptions): NDArray {
  const { rng, dtype, mean, std, a, b } = settleInit("truncNormal", shape, truncNormalOptions, options);
  expectArgument("truncNormal", "a", number({ below: b }, ", the value of b"), a);
  const w = NDArray.empty(shape, dtype);
  const data = w.flat();
  const [low, high] = [(a - mean) / std, (b - mean) / std];
  const draw = sampler(rng, low, high);
  const round = dtype === "float32" ? Math.fround : (x: number): number => x;
  for (let i = 0; i < data.length; i++) {
    // Rounding may exceed a bound by less than an ulp.
    data[i] = Math.min(Math.max(round(mean + std * draw()), a), b);
  }
  return w;
}

/**
 * Nine standard deviations beyond the near bound, the density is below 1e-17 of its value there,
 * less than the generator can resolve.
 */
const far = 9;

/**
 * Samples standard normal numbers in low … high. If the interval covers much of the distribution,
 * draws until a number falls inside. Otherwise draws uniform proposals and accepts each with the
 * density there, relative to the highest density inside.
 */
function sampler(rng: Random, low: number, high: number): () => number {
  const isTail = low > 0 || high < 0;
  if (!isTail && high - low > Math.sqrt(2 * Math.PI)) {
    return () => {
      for (;;) {
        const z = rng.normal(0, 1, []).item();
        if (z >= low && z <= high) return z;
      }
    };
  }
  const [from, to] =
    low > 0 ? [low, Math.min(high, low + far)] : [high < 0 ? Math.max(low, high - far) : low, high];
  const top = Math.min(Math.max(0, low), high);
  return () => {
    for (;;) {
      const z = from + (to - from) * rng.next();
      if (rng.next() < Math.exp((top * top - z * z) / 2)) return z;
    }
  };
}
