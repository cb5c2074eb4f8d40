import type { PreciseNumber } from "./mathjs.ts";

/** erfc(12.2) < 1e-66: beyond this, erf is ±1 to 64 digits. */
const farOut = 12.2;
const twoBySqrtPi = "1.128379167095512573896158903121545171688101258657997713688171443";

/**
 * erf(x) = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1)). All terms have one sign, so no digits
 * are lost. mathjs has erf for doubles only.
 * @see Abramowitz and Stegun, "Handbook of Mathematical Functions", 1964, eq. 7.1.6
 */
export function erf(x: PreciseNumber): PreciseNumber {
  const size = x.abs().toNumber();
  if (size === 0 || Number.isNaN(size)) return x;
  if (size > farOut) return x.div(x.abs());
  const square = x.times(x);
  let [term, sum] = [x, x];
  for (let n = 1; Math.abs(term.toNumber()) > 1e-66 * Math.abs(sum.toNumber()); n++) {
    term = term
      .times(square)
      .times(2)
      .div(2 * n + 1);
    sum = sum.plus(term);
  }
  return sum.times(square.neg().exp()).times(twoBySqrtPi);
}
