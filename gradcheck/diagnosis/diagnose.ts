import { commonFactor, countNonZero, largest, same } from "./closeness.ts";
import { type Cause, type Diagnosis, type Evidence, gradientName } from "./evidence.ts";
import { factorNamed, namedFactors } from "./factors.ts";
import { type Measure, matchers } from "./matchers.ts";
import { observations } from "./unknown.ts";

/**
 * Finds the known mistake that a wrong gradient looks like, and where to look. It tries `matchers`
 * in order, then again on the gradient divided by each named factor, so a transpose with a wrong
 * sign is reported as both. If nothing fits, the cause is "unknown" and the text describes how many
 * elements are wrong, and where.
 * Default tolerance: 1e-6 of the largest element.
 */
export function diagnose(given: Evidence, options: { readonly tolerance?: number } = {}): Diagnosis {
  const { tolerance = 1e-6 } = options;
  const evidence = {
    ...given,
    found: given.found.astype("float64"),
    expected: given.expected.astype("float64"),
  };
  const { found, expected } = evidence;
  const measure: Measure = { tolerance, factors: namedFactors(evidence) };
  const unknown: Diagnosis = { cause: "unknown", text: observations(evidence, tolerance) };
  const scale = largest(expected.flat());
  if (!Number.isFinite(largest(found.flat())) || !(scale > 0 && Number.isFinite(scale))) return unknown;
  if (same(found, expected, tolerance)) return unknown;
  const alone = countNonZero(expected.flat(), tolerance) < 2 && countNonZero(found.flat(), tolerance) < 2;
  const guess = alone ? " (a guess from one number only)" : "";
  for (const { cause, match } of matchers) {
    const text = match(evidence, measure);
    if (!text) continue;
    const factor = factorNamed(commonFactor(found, expected, tolerance), measure.factors, tolerance);
    const also = factor?.cause === cause ? factor.also : undefined;
    return { cause, ...(also ? { also } : {}), text: text + guess };
  }
  if (alone) return unknown;
  return withFactor(evidence, measure) ?? otherFactor(evidence, tolerance) ?? unknown;
}

/**
 * Causes not tried after dividing by a factor: two factors are one product, and the named products
 * have been tried; and everything looks like zero after division by a large enough factor.
 */
const notWithFactor: readonly Cause[] = ["sign", "factor 2", "factor N", "factor 1/N", "zero"];

/**
 * Finds a known mistake combined with a named factor. A mask or a zero is independent of any
 * factor, so the first pass has found it already.
 */
function withFactor(evidence: Evidence, measure: Measure): Diagnosis | null {
  for (const factor of measure.factors) {
    if (factor.also) continue;
    const scaled = { ...evidence, found: evidence.found.mul(1 / factor.value) };
    for (const { cause, match } of matchers) {
      if (notWithFactor.includes(cause)) continue;
      const text = match(scaled, measure);
      if (text)
        return { cause, also: factor.cause, text: `${text}; also, the whole gradient is ${factor.is}` };
    }
  }
  return null;
}

function otherFactor({ quantity, found, expected }: Evidence, tolerance: number): Diagnosis | null {
  const factor = commonFactor(found, expected, tolerance);
  if (factor === null) return null;
  const text = `${gradientName(quantity)} is the right one times ${Number(factor.toPrecision(6))}, everywhere: a constant is wrong, and no length of these shapes explains it`;
  return { cause: "other factor", text };
}
