import { formatShape, type NDArray, sameShape } from "../../np/index.ts";
import { close, commonFactor, largest, same } from "./closeness.ts";
import { type Cause, type Evidence, gradientName } from "./evidence.ts";
import { type Factor, factorNamed } from "./factors.ts";
import { wrongMask } from "./mask.ts";
import { notSummed } from "./not-summed.ts";
import { permutation } from "./order.ts";

/** The data of every matcher besides the evidence. */
export interface Measure {
  readonly tolerance: number;
  readonly factors: readonly Factor[];
}

/** One known mistake: `match` returns a sentence if the gradient looks like it, otherwise null. */
export interface Matcher {
  readonly cause: Cause;
  readonly match: (evidence: Evidence, measure: Measure) => string | null;
}

/**
 * The known mistakes, in the order in which they are tried: exact matches of the most numbers
 * first. Upstream, stale and accumulated come before the factors, because a loss's scalar dy makes
 * them look like a factor. Permuted rows come before the mask, because a permutation moves zeros
 * too. The first match is the answer; otherwise the same is tried on found divided by each named
 * factor.
 */
export const matchers: readonly Matcher[] = [
  {
    cause: "zero",
    match: ({ quantity, found, expected, forOnes }, { tolerance }) => {
      if (largest(found.flat()) > tolerance * largest(expected.flat())) return null;
      const ones = forOnes && largest(forOnes.flat()) <= tolerance * largest(expected.flat());
      const why = ones ? "; dy = ones gives 0 here as well, so perhaps dy is ignored" : "";
      return `${gradientName(quantity)} is 0 everywhere: never computed, or multiplied by a mask that is always 0${why}`;
    },
  },
  {
    cause: "upstream ignored",
    match: ({ quantity, found, expected, forOnes }, measure) =>
      situation(found, forOnes, expected, measure)
        ? `${gradientName(quantity)} is the right one for dy = 1: backward ignores the dy it receives; multiply by dy`
        : null,
  },
  {
    cause: "stale cache",
    match: ({ quantity, found, expected, forEarlier }, measure) =>
      situation(found, forEarlier, expected, measure)
        ? `${gradientName(quantity)} is the right one for the input of an earlier forward: store what backward needs in every forward, and do not use one object in two places`
        : null,
  },
  {
    cause: "accumulated",
    match: ({ quantity, found, expected, afterTwo }, measure) =>
      situation(found, afterTwo, expected, measure)
        ? `${gradientName(quantity)} is the sum over this backward and an earlier one: assign the gradient (=) instead of adding to it (+=)`
        : null,
  },
  factorMatcher("sign"),
  factorMatcher("factor 2"),
  factorMatcher("factor N"),
  factorMatcher("factor 1/N"),
  {
    cause: "transposed",
    match: ({ quantity, found, expected, forTransposed }, measure) => {
      const { tolerance } = measure;
      const d = gradientName(quantity);
      if (expected.ndim >= 2) {
        if (same(found, expected.T, tolerance) || same(found, expected.mT, tolerance))
          return `${d} is the transpose of the right one: look at the order of the factors in matmul, and at the .T, or take .T of the result`;
        if (sameShape(found.shape, expected.shape) && close(found.flat(), expected.T.flat(), tolerance))
          return `${d} is the transpose of the right one, reshaped to ${formatShape(found.shape)}: reshape does not swap axes; use .T`;
      }
      return situation(found, forTransposed, expected, measure)
        ? `${d} is the right one for a transposed weight: y = x Wᵀ gives dx = dy W, without .T`
        : null;
    },
  },
  {
    cause: "not summed",
    match: (evidence, { tolerance }) => notSummed(evidence, tolerance),
  },
  {
    cause: "permuted rows",
    match: ({ quantity, found, expected }, { tolerance }) =>
      permutation(gradientName(quantity), found, expected, tolerance),
  },
  { cause: "mask", match: (evidence, { tolerance }) => wrongMask(evidence, tolerance) },
  {
    cause: "other shape",
    match: ({ quantity, found, expected }, { tolerance }) => {
      if (sameShape(found.shape, expected.shape) || !close(found.flat(), expected.flat(), tolerance))
        return null;
      return `${gradientName(quantity)} has the right numbers in shape ${formatShape(found.shape)}: reshape it to ${quantity}'s shape ${formatShape(expected.shape)}`;
    },
  },
  {
    cause: "derivative missing",
    match: ({ quantity, found, dy }, { tolerance }) =>
      same(found, dy, tolerance)
        ? `${gradientName(quantity)} is dy itself: multiply it by the layer's own derivative ∂y/∂x`
        : null,
  },
];

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
  return {
    cause,
    match: ({ quantity, found, expected }, { tolerance, factors }) => {
      const factor = factorNamed(commonFactor(found, expected, tolerance), factors, tolerance);
      if (factor?.cause !== cause) return null;
      return `${gradientName(quantity)} is the right one ${factor.is}: ${factor.look}`;
    },
  };
}
