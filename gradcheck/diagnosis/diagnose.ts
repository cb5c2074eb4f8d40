import { commonFactor, countNonZero, largest, same } from "./closeness.ts";
import { type Cause, type Diagnosis, type Evidence, gradientName } from "./evidence.ts";
import { distinctLengths, factorNamed, namedFactors } from "./factors.ts";
import type { Look, Measure } from "./look.ts";
import { matchers } from "./matchers.ts";
import { onlyInPart } from "./only-in-part.ts";
import { whereWrong } from "./places.ts";
import { observations } from "./unknown.ts";
import { constantNamed, countsNamed, settingNamed } from "./unnamed-factors.ts";

/**
 * Finds the known mistake that a wrong gradient looks like, and where to look. It tries `matchers`
 * in order, then again on the gradient divided by each named factor, so a transpose with a wrong
 * sign is reported as both; then on the wrong elements alone. If nothing fits, the cause is
 * "unknown" and the text describes how many elements are wrong, and where.
 * Default tolerance, relative to the largest element: 1e-9, or 1e-5 in float32.
 */
export function diagnose(given: Evidence, options: { readonly tolerance?: number } = {}): Diagnosis {
  const isExact = given.found.dtype === "float64" && given.expected.dtype === "float64";
  const { tolerance = isExact ? 1e-9 : 1e-5 } = options;
  const evidence = {
    ...given,
    found: given.found.astype("float64"),
    expected: given.expected.astype("float64"),
  };
  const { found, expected } = evidence;
  const measure: Measure = { tolerance, factors: namedFactors(evidence) };
  const where = whereWrong(evidence, tolerance);
  const unknown = (): Diagnosis => ({
    cause: "unknown",
    where,
    what: observations(evidence, tolerance),
    cure: "",
  });
  const scale = largest(expected.flat());
  if (!Number.isFinite(largest(found.flat())) || !(scale > 0 && Number.isFinite(scale))) return unknown();
  if (same(found, expected, tolerance)) return unknown();
  const alone = countNonZero(expected.flat(), tolerance) < 2 && countNonZero(found.flat(), tolerance) < 2;
  for (const { causes, match } of matchers) {
    if (alone && !causes.every((cause) => fromOneNumber.includes(cause))) continue;
    const look = match(evidence, measure);
    if (!look) continue;
    const factor = factorNamed(commonFactor(found, expected, tolerance), measure.factors, tolerance);
    const also = factor?.cause === look.cause ? factor.also : undefined;
    const what = alone ? `${look.what} (a guess from one number only)` : look.what;
    return { ...plain(look), ...(also ? { also } : {}), where, what };
  }
  if (alone) return unknown();
  const rest =
    withFactor(evidence, measure) ?? otherFactor(evidence, tolerance) ?? onlyInPart(evidence, measure);
  return rest ? { ...plain(rest), where } : unknown();
}

/** Causes that one number alone can suggest; formulas fit too easily. */
const fromOneNumber: readonly Cause[] = [
  "zero",
  "upstream ignored",
  "stale cache",
  "accumulated",
  "sign",
  "factor 2",
  "factor N",
  "factor 1/N",
  "transposed",
  "not summed",
  "permuted rows",
  "mask",
  "other shape",
  "derivative missing",
];

/**
 * Causes not tried after dividing by a factor: two factors are one product, and the named products
 * have been tried; and everything looks like zero after division by a large enough factor.
 */
const notWithFactor: readonly Cause[] = ["sign", "factor 2", "factor N", "factor 1/N", "zero"];

/** Without what only a slip holds. */
function plain<T extends Look & { readonly also?: Cause }>({
  cause,
  also,
  what,
  cure,
}: T): Omit<Diagnosis, "where"> {
  return { cause, ...(also ? { also } : {}), what, cure };
}

/**
 * Finds a known mistake combined with a named factor. A mask or a zero is independent of any
 * factor, so the first pass has found it already.
 */
function withFactor(evidence: Evidence, measure: Measure): (Look & { readonly also: Cause }) | null {
  for (const factor of measure.factors) {
    if (factor.also) continue;
    const scaled = { ...evidence, found: evidence.found.mul(1 / factor.value) };
    for (const { causes, match } of matchers) {
      if (causes.some((cause) => notWithFactor.includes(cause))) continue;
      const look = match(scaled, measure);
      if (look && (factor.cause === "sign" || look.cause !== "wrong derivative"))
        return {
          ...look,
          also: factor.cause,
          cure: `${look.cure}; also, the whole gradient is ${factor.is}`,
        };
    }
  }
  return null;
}

/** A factor without a name: a known constant, a quotient of two counts in a loss, or just a number. */
function otherFactor(evidence: Evidence, tolerance: number): Look | null {
  const { quantity, found, expected, dy } = evidence;
  const factor = commonFactor(found, expected, tolerance);
  // A factor this near 1 is rounding, or a constant with too few digits.
  if (factor === null || Math.abs(factor - 1) < 1e-6) return null;
  const constant = constantNamed(factor, tolerance);
  const is = `${gradientName(quantity)} is the right one times ${Number(factor.toPrecision(6))}`;
  const setting = constant ? undefined : settingNamed(factor, evidence.constants, tolerance);
  const counts =
    dy?.size === 1 && !constant && !setting
      ? countsNamed(factor, distinctLengths(evidence), tolerance)
      : null;
  if (counts)
    return {
      cause: "wrong count",
      what: `${is}, everywhere: as if a mean were taken over ${counts.over} elements instead of ${counts.right}`,
      cure: `divide by ${counts.right}, the number of elements that the loss's mean counts`,
    };
  const name = constant?.text ?? setting;
  return {
    cause: "other factor",
    what: `${is}${name ? ` = ${name}` : ""}, everywhere`,
    cure:
      constant?.look ??
      (setting
        ? "look for this option in forward and in backward: each uses it once"
        : "a constant is wrong, and no length of these shapes explains it"),
  };
}
