import { formatShape, NDArray, sameShape } from "../np/index.ts";
import { unravelIndex } from "../np/internal.ts";
import { againstExact, againstNumerical, type Distance, isUncertain, type Tolerance } from "./agreement.ts";
import type { Estimate } from "./differences/derivatives.ts";
import type { NumericalGradient } from "./differences/numerical.ts";
import { errorsAgainst } from "./formulas/errors-against.ts";
import type { CheckRow, Witness } from "./report/report.ts";
import { alone, type WitnessPair, whoIsWrong, witnessNames } from "./who-is-wrong.ts";

/**
 * Each witness's value for one gradient, or a string that says why it has none. The first witness
 * is the one under test.
 */
export interface Testimony {
  readonly manual?: NDArray;
  readonly analytical?: NDArray;
  readonly autograd?: NDArray;
  readonly numerical?: NumericalGradient | string;
  readonly symbolic?: NDArray | string;
  readonly precise?: NDArray | string;
}

/**
 * The rounding error allowed to each witness, relative to the array's largest element; textbook
 * formulas lose more digits.
 */
const tolerances = { manual: 1e-12, analytical: 1e-12, autograd: 1e-12, symbolic: 1e-10, precise: 1e-12 };

type Present = [witness: Witness, says: NDArray | NumericalGradient];

function isNumerical(says: NDArray | NumericalGradient): says is NumericalGradient {
  return "estimates" in says;
}

function apart([p, a]: Present, [q, b]: Present, tolerance?: Tolerance, rounding: number = 0): Distance {
  if (isNumerical(a)) return againstNumerical(b as NDArray, a, tolerance);
  if (isNumerical(b)) return againstNumerical(a, b, tolerance);
  const exact = tolerances as Record<Witness, number>;
  return againstExact(a, b, Math.max(exact[p], exact[q], rounding));
}

/** The diagnosis if the differences are too uncertain to judge anything; null otherwise. */
function tooNoisy({ estimates }: NumericalGradient, tolerance?: Tolerance): string | null {
  const uncertain = estimates.filter((estimate) => isUncertain(estimate, tolerance));
  const count = uncertain.length;
  if (count === 0) return null;
  const undefinedAt = estimates.filter(({ value }) => !Number.isFinite(value)).length;
  if (undefinedAt > 0)
    return `forward is NaN or infinite around ${undefinedAt} of ${estimates.length} elements: choose inputs inside its domain, and not at its end`;
  const jumps = estimates.filter(({ kink }) => kink === "jump").length;
  if (jumps > 0)
    return `forward jumps at ${jumps} of ${estimates.length} elements, as rounding does: it has no derivative there; choose inputs away from the jump`;
  const [worst] = [...uncertain].sort((a, b) => (b.noise ?? 0) - (a.noise ?? 0)) as [Estimate];
  const { noise = 0, size = 0 } = worst;
  const [uncertainty, height] = [noise.toExponential(0), size.toExponential(0)];
  if (noise < 1e-12 * size)
    return `${count} of ${estimates.length} elements cannot be checked: Σ dy · y is about ${height} there, and float64 hides changes below ${uncertainty} in it. Choose smaller inputs, or subtract the constant part of forward`;
  return `forward is too noisy to check ${count} of ${estimates.length} elements: one value of it is uncertain by ${uncertainty}. It must compute in float64, without randomness, and be defined around its inputs`;
}

/**
 * The diagnosis if the witnesses differ at a kink, which finite differences cannot decide; null
 * elsewhere.
 */
function onKink(numerical: NumericalGradient | null, worst: number): string | null {
  const between = numerical?.estimates[numerical.at.indexOf(worst)]?.between;
  if (!between) return null;
  const [low, high] = between.map((slope) => slope.toPrecision(3));
  return `the witnesses differ at a kink: finite differences know only that the slope is between ${low} and ${high}; the convention for this kink decides`;
}

/**
 * ⟨a, r⟩ / (‖a‖ ‖r‖) and ⟨a, r⟩ / ⟨r, r⟩: the cosine of the angle between a and its reference, and
 * the best-fitting factor.
 */
function alignment(
  a: ArrayLike<number>,
  r: ArrayLike<number>,
): { cosine: number | null; ratio: number | null } {
  let [ar, aa, rr] = [0, 0, 0];
  for (let i = 0; i < r.length; i++) {
    const [x, y] = [a[i] as number, r[i] as number];
    ar += x * y;
    aa += x * x;
    rr += y * y;
  }
  return { cosine: aa * rr > 0 ? ar / Math.sqrt(aa * rr) : null, ratio: rr > 0 ? ar / rr : null };
}

/**
 * Each witness's error relative to the 64-digit value; the finite differences only away from kinks.
 */
function errorsOf(testimony: Testimony, precise: NDArray): CheckRow["errors"] {
  const { numerical } = testimony;
  if (numerical === undefined || typeof numerical === "string") return errorsAgainst(precise, testimony);
  const off = numerical.at.filter((_, i) => numerical.estimates[i]?.kink !== "on");
  const estimates = numerical.estimates.filter(({ kink }) => kink !== "on");
  return errorsAgainst(precise, { ...testimony, numerical: { ...numerical, at: off, estimates } });
}

/** The gradient by finite differences, 0 for elements without one. */
function elements(says: NDArray | NumericalGradient, at: readonly number[] | null): Float64Array {
  if (isNumerical(says)) return Float64Array.from(says.estimates, ({ value }) => value);
  const flat = says.flat();
  return at ? Float64Array.from(at, (i) => flat[i] as number) : Float64Array.from(flat);
}

/**
 * Compares every pair of witnesses for one gradient. A majority decides who is wrong. The row
 * reports how far apart they are at most, where, and each one's value there. A gradient must have
 * the shape of its quantity. `rounding` widens the tolerance between two exact witnesses, relative
 * to the largest element: a deep network adds up the rounding of its layers.
 */
export function judge(
  title: string,
  quantity: string,
  shape: readonly number[],
  testimony: Testimony,
  tolerance?: Tolerance,
  rounding?: number,
): CheckRow {
  const entries = Object.entries(testimony) as [Witness, NDArray | NumericalGradient | string | undefined][];
  const present = entries.filter((e): e is Present => e[1] !== undefined && typeof e[1] !== "string");
  const silent = Object.fromEntries(entries.filter(([, says]) => typeof says === "string"));
  const arrays = present.filter((e): e is [Witness, NDArray] => !isNumerical(e[1]));
  const [[tested, first]] = arrays as [[Witness, NDArray]];
  const numerical = present.map(([, says]) => says).find(isNumerical) ?? null;
  const reference = present.find(([w]) => w !== tested)?.[1] ?? first;
  const base = { case: title, quantity, shape, ...(Object.keys(silent).length > 0 && { silent }) };
  const kinks = numerical?.estimates.filter(({ kink }) => kink !== "none").length ?? 0;
  /** Another shape or dtype is wrong before any number is compared. */
  const refused = (diagnosis: string): CheckRow => {
    const nothing = { maxAbsolute: Number.NaN, maxRelative: Number.NaN, cosine: null, ratio: null, kinks };
    return { ...base, ...nothing, verdict: "disagree", worst: { index: [] }, diagnosis, alone: tested };
  };
  if (!sameShape(first.shape, shape)) {
    const diagnosis = `the gradient of ${quantity} has shape ${formatShape(first.shape)}, expected ${formatShape(shape)}: that of ${quantity} itself`;
    return refused(diagnosis);
  }
  const wanted = isNumerical(reference) ? "float64" : reference.dtype;
  if (first.dtype !== "float64" && first.dtype !== wanted) {
    const diagnosis = `the gradient of ${quantity} is ${first.dtype}, expected ${wanted} like ${quantity} itself: x.astype("${wanted}"), or find what made it ${first.dtype}`;
    return refused(diagnosis);
  }
  const pairs = present.flatMap((a, i): WitnessPair[] =>
    present.slice(i + 1).map((b) => ({ pair: [a[0], b[0]], distance: apart(a, b, tolerance, rounding) })),
  );
  const failed = pairs.find(({ distance }) => !distance.agrees);
  const shown = (failed ?? pairs.find(({ pair }) => pair.includes("numerical")) ?? pairs[0])?.distance;
  const worst = shown?.worst ?? 0;
  const said = present.map(([w, says]): [Witness, number | null] => {
    if (!isNumerical(says)) return [w, says.flat()[worst] as number];
    return [w, says.estimates[says.at.indexOf(worst)]?.value ?? null];
  });
  const at = numerical && isNumerical(reference) ? numerical.at : null;
  const numbers = {
    maxAbsolute: Math.max(0, ...pairs.map(({ distance }) => distance.maxAbsolute)),
    maxRelative: Math.max(0, ...pairs.map(({ distance }) => distance.maxRelative)),
    ...alignment(elements(first, at), elements(reference, at)),
    worst: { index: unravelIndex(worst, shape), ...Object.fromEntries(said) },
    kinks,
    ...(testimony.precise instanceof NDArray && { errors: errorsOf(testimony, testimony.precise) }),
  };
  if (failed) {
    const names = present.map(([w]) => w);
    const lonely = alone(pairs, names);
    const onlyNumbers = pairs.every(({ pair, distance }) => distance.agrees || pair.includes("numerical"));
    // At a kink the differences allow many slopes, also that of the one who stands alone; a formula knows the convention.
    const byFormula = names.includes("symbolic") || names.includes("precise");
    const fitsNumbers = pairs.some(
      ({ pair, distance }) =>
        distance.agrees && pair.includes("numerical") && pair.some((witness) => witness === lonely),
    );
    const diagnosis =
      (onlyNumbers && numerical && tooNoisy(numerical, tolerance)) ||
      ((!lonely || (fitsNumbers && !byFormula)) && onKink(numerical, worst)) ||
      whoIsWrong(pairs, names);
    return { ...base, ...numbers, verdict: "disagree", diagnosis, ...(lonely && { alone: lonely }) };
  }
  if (present.length === 1) {
    const diagnosis = `there is nothing to compare ${witnessNames[tested]} with: ${Object.values(silent).join("; ")}`;
    return { ...base, ...numbers, verdict: "vacuous", diagnosis };
  }
  const judged = numerical && numerical.at.length > 0 ? elements(numerical, null) : elements(reference, null);
  if (judged.every((value) => Math.abs(value) < 1e-8)) {
    const diagnosis =
      "the gradient is 0 everywhere (below 1e-8): any backward would pass; choose other inputs";
    return { ...base, ...numbers, verdict: "vacuous", diagnosis };
  }
  return { ...base, ...numbers, verdict: "agree" };
}
