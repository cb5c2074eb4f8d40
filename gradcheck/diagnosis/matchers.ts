import { formatShape, type NDArray, sameShape } from "../../np/index.ts";
import { close, commonFactor, largest, same } from "./closeness.ts";
import { wrongDerivative } from "./elementwise.ts";
import { type Cause, type Evidence, gradientName } from "./evidence.ts";
import { extraFactor } from "./extra-factor.ts";
import { factorNamed } from "./factors.ts";
import type { Look, Measure } from "./look.ts";
import { lossSlip } from "./loss-slip.ts";
import { maskReturned, wrongMask } from "./mask.ts";
import { normalizationSlip } from "./normalization.ts";
import { notSummed, oneSample } from "./not-summed.ts";
import { permutation } from "./order.ts";
import { parameterSum } from "./parameter-sum.ts";
import { softmaxSlip } from "./softmax.ts";

/** One known mistake, or several of one kind: what the gradient looks like, or null if it does not. */
export interface Matcher {
  /** The causes that it can find. */
  readonly causes: readonly Cause[];
  readonly match: (evidence: Evidence, measure: Measure) => Look | null;
}

function matcher(
  cause: Cause,
  match: (evidence: Evidence, measure: Measure) => Omit<Look, "cause"> | null,
): Matcher {
  return {
    causes: [cause],
    match: (evidence, measure) => {
      const look = match(evidence, measure);
      return look && { ...look, cause };
    },
  };
}

/**
 * The known mistakes, in the order in which they are tried: exact matches of the most numbers
 * first. Upstream, stale and accumulated come before the factors, because a loss's scalar dy makes
 * them look like a factor. Permuted rows come before the mask, because a permutation moves zeros
 * too. Formulas of x, y and dy come last, because they explain most. The first match is the answer;
 * otherwise the same is tried on found divided by each named factor.
 */
export const matchers: readonly Matcher[] = [
  matcher("zero", ({ quantity, found, expected, forOnes }, { tolerance }) => {
    if (largest(found.flat()) > tolerance * largest(expected.flat())) return null;
    const ones = forOnes && largest(forOnes.flat()) <= tolerance * largest(expected.flat());
    const why = ones ? "; dy = ones gives 0 here as well, so perhaps dy is ignored" : "";
    return {
      what: `${gradientName(quantity)} is 0 everywhere`,
      cure: `never computed, or multiplied by a mask that is always 0${why}`,
    };
  }),
  matcher("mask returned", (evidence, { tolerance }) => maskReturned(evidence, tolerance)),
  matcher("upstream ignored", ({ quantity, found, expected, forOnes }, measure) =>
    situation(found, forOnes, expected, measure)
      ? {
          what: `${gradientName(quantity)} is the right one for dy = 1: backward ignores the dy it receives`,
          cure: "multiply by dy",
        }
      : null,
  ),
  matcher("stale cache", ({ quantity, found, expected, forEarlier }, measure) =>
    situation(found, forEarlier, expected, measure)
      ? {
          what: `${gradientName(quantity)} is the right one for the input of an earlier forward`,
          cure: "store what backward needs in every forward, and do not use one object in two places",
        }
      : null,
  ),
  matcher("accumulated", ({ quantity, found, expected, afterTwo }, measure) =>
    situation(found, afterTwo, expected, measure)
      ? {
          what: `${gradientName(quantity)} is the sum over this backward and an earlier one`,
          cure: "assign the gradient (=) instead of adding to it (+=)",
        }
      : null,
  ),
  factorMatcher("sign"),
  factorMatcher("factor 2"),
  factorMatcher("factor N"),
  factorMatcher("factor 1/N"),
  matcher("transposed", ({ quantity, found, expected, forTransposed }, measure) => {
    const { tolerance } = measure;
    const d = gradientName(quantity);
    if (expected.ndim >= 2) {
      if (same(found, expected.T, tolerance) || same(found, expected.mT, tolerance))
        return {
          what: `${d} is the transpose of the right one`,
          cure: "look at the order of the factors in matmul, and at the .T, or take .T of the result",
        };
      if (sameShape(found.shape, expected.shape) && close(found.flat(), expected.T.flat(), tolerance))
        return {
          what: `${d} is the transpose of the right one, reshaped to ${formatShape(found.shape)}`,
          cure: "reshape does not swap axes; use .T",
        };
    }
    return situation(found, forTransposed, expected, measure)
      ? {
          what: `${d} is the right one for a transposed weight`,
          cure: "y = x Wᵀ gives dx = dy W, without .T",
        }
      : null;
  }),
  matcher("turned", ({ quantity, found, expected, forTurned }, measure) => {
    if (expected.ndim > 2 && isTurned(found, expected, measure.tolerance))
      return {
        what: `${gradientName(quantity)} is the right one turned by 180°`,
        cure: "forward is a correlation, which does not turn the kernel: dW[k] = Σ dy[p] · x[p + k]",
      };
    return situation(found, forTurned, expected, measure)
      ? {
          what: `${gradientName(quantity)} is the right one for a kernel turned by 180°`,
          cure: "each product of forward gives one of backward: dx[p + k] += dy[p] · w[k], with the same k",
        }
      : null;
  }),
  matcher(
    "not summed",
    (evidence, { tolerance }) => notSummed(evidence, tolerance) ?? oneSample(evidence, tolerance),
  ),
  matcher("permuted rows", ({ quantity, found, expected }, { tolerance }) =>
    permutation(gradientName(quantity), found, expected, tolerance),
  ),
  matcher("mask", (evidence, { tolerance }) => wrongMask(evidence, tolerance)),
  matcher("other shape", ({ quantity, found, expected }, { tolerance }) => {
    if (sameShape(found.shape, expected.shape) || !close(found.flat(), expected.flat(), tolerance))
      return null;
    return {
      what: `${gradientName(quantity)} has the right numbers in shape ${formatShape(found.shape)}`,
      cure: `reshape it to ${quantity}'s shape ${formatShape(expected.shape)}`,
    };
  }),
  {
    causes: ["term missing", "wrong term", "wrong count", "wrong axis", "extra factor", "epsilon"],
    match: (evidence, measure) =>
      softmaxSlip(evidence, measure) ?? normalizationSlip(evidence, measure) ?? lossSlip(evidence, measure),
  },
  matcher("derivative missing", ({ quantity, found, dy }, { tolerance }) =>
    same(found, dy, tolerance)
      ? {
          what: `${gradientName(quantity)} is dy itself`,
          cure: "multiply it by the layer's own derivative ∂y/∂x",
        }
      : null,
  ),
  {
    causes: ["wrong argument", "wrong derivative", "extra factor"],
    match: (evidence, measure) => {
      // A constant factor says it more simply.
      if (commonFactor(evidence.found, evidence.expected, measure.tolerance) !== null) return null;
      const derivative = wrongDerivative(evidence, measure);
      if (derivative?.isKnown) return derivative;
      return parameterSum(evidence, measure) ?? extraFactor(evidence, measure) ?? derivative;
    },
  },
];

/** Whether found is expected (M, C, …) with all axes but the first two reversed, and that changes it. */
function isTurned(found: NDArray, expected: NDArray, tolerance: number): boolean {
  if (!sameShape(found.shape, expected.shape)) return false;
  const size = expected.shape.slice(2).reduce((product, n) => product * n, 1);
  const turned = Float64Array.from(expected.flat());
  for (let at = 0; at < turned.length; at += size) turned.subarray(at, at + size).reverse();
  return close(found.flat(), turned, tolerance);
}

/**
 * Whether found equals the result of this mistake and is not a plain multiple of the right
 * gradient, which a factor would explain more simply.
 */
function situation(
  found: NDArray,
  other: NDArray | undefined,
  expected: NDArray,
  { tolerance, factors }: Measure,
): boolean {
  if (!same(found, other, tolerance)) return false;
  return !factorNamed(commonFactor(found, expected, tolerance), factors, tolerance);
}

function factorMatcher(cause: Cause): Matcher {
  return matcher(cause, ({ quantity, found, expected }, { tolerance, factors }) => {
    const factor = factorNamed(commonFactor(found, expected, tolerance), factors, tolerance);
    if (factor?.cause !== cause) return null;
    return { what: `${gradientName(quantity)} is the right one ${factor.is}`, cure: factor.look };
  });
}
