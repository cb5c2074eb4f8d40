import { type NDArray, sameShape } from "../np/index.ts";
import type { Estimate } from "./differences/derivatives.ts";
import type { NumericalGradient } from "./differences/numerical.ts";

/** Two numbers never agree if |a − n| > absolute + relative · |n|, however uncertain n is. */
export interface Tolerance {
  readonly absolute: number;
  readonly relative: number;
}

/**
 * The widest tolerance of any check against finite differences. PyTorch's is 1e-5 and 1e-3, which
 * lets a gradient pass that is 0.09 % wrong.
 */
export const numericalTolerance: Tolerance = { absolute: 1e-7, relative: 1e-5 };
/**
 * The allowance for rounding in addition to the estimated error of the differences, relative to the
 * array's largest element.
 */
const roundings = 1e-10;
/** The factor by which the estimated error may be too small. */
const safety = 8;
/**
 * The tolerance between two float64 computations of the same value, with room for hundreds of
 * roundings; relative to the array's largest element.
 */
export const exactTolerance = 1e-12;
/** The same between computations with a float32 one among them, with room for about a hundred roundings. */
export const singleTolerance = 1e-5;

/** The distance between two sets of numbers, and where it is largest. */
export interface Distance {
  readonly maxAbsolute: number;
  /** |a − b| / max(|a|, |b|), the largest among elements above 1e-7. */
  readonly maxRelative: number;
  /** The flat position of the element that exceeds its tolerance most. */
  readonly worst: number;
  readonly agrees: boolean;
}

/** The distance of arrays that cannot be compared; it never agrees. */
export const noDistance: Distance = {
  maxAbsolute: Number.NaN,
  maxRelative: Number.NaN,
  worst: 0,
  agrees: false,
};

interface ElementPair {
  readonly at: number;
  readonly a: number;
  readonly b: number;
  readonly allowed: number;
}

/**
 * The distance of pairs of numbers, each with its allowed difference. NaN and Infinity agree with
 * nothing.
 */
export function distance(pairs: Iterable<ElementPair>): Distance {
  let [maxAbsolute, maxRelative, worst, excess] = [0, 0, 0, -Infinity];
  for (const { at, a, b, allowed } of pairs) {
    const absolute = Math.abs(a - b);
    // Infinity never agrees. Its allowance is relative and would be infinite too, which makes the
    // quotient NaN.
    const over = Number.isFinite(absolute) ? absolute / Math.max(allowed, Number.MIN_VALUE) : Infinity;
    const size = Math.max(Math.abs(a), Math.abs(b));
    maxAbsolute = Number.isNaN(absolute) ? Number.NaN : Math.max(maxAbsolute, absolute);
    if (size > 1e-7) maxRelative = Math.max(maxRelative, absolute / size);
    if (over > excess) [excess, worst] = [over, at];
  }
  return { maxAbsolute, maxRelative, worst, agrees: excess <= 1 };
}

/**
 * Whether an estimate is worse than the tolerance, so that nothing can be judged by it. NaN and
 * Infinity count as worse.
 */
export function isUncertain(
  { value, error, between }: Estimate,
  { absolute, relative }: Tolerance = numericalTolerance,
): boolean {
  return !between && !(Number.isFinite(value) && error <= absolute + relative * Math.abs(value));
}

/**
 * The number nearest to a that the differences permit: on a kink, any number between the two
 * slopes.
 */
function nearest(a: number, { value, between }: Estimate): number {
  if (!between || Number.isNaN(a)) return value;
  return Math.min(Math.max(a, between[0]), between[1]);
}

/**
 * Compares an analytical gradient with finite differences. The allowance comes from the error
 * estimate of the differences and is typically about 1e-11. It never exceeds the tolerance, and
 * where the estimated error itself does, nothing agrees.
 */
export function againstNumerical(
  gradient: NDArray,
  { at, estimates }: NumericalGradient,
  tolerance: Tolerance = numericalTolerance,
): Distance {
  const flat = gradient.flat();
  let largest = 0;
  for (const { value } of estimates) largest = Math.max(largest, Math.abs(value));
  return distance(
    at.map((position, i) => {
      const estimate = estimates[i] as Estimate;
      const [a, error] = [flat[position] as number, estimate.between ? 0 : estimate.error];
      const widest = tolerance.absolute + tolerance.relative * Math.abs(estimate.value);
      const allowed = Math.min(widest, safety * error + roundings * Math.max(largest, 1e-3));
      const b = isUncertain(estimate, tolerance) ? Number.NaN : nearest(a, estimate);
      return { at: position, a, b, allowed };
    }),
  );
}

/** The tolerance for arrays that may be float32; 0 stays 0. */
export function atPrecisionOf(arrays: readonly NDArray[], tolerance: number): number {
  const isSingle = tolerance > 0 && arrays.some(({ dtype }) => dtype === "float32");
  return isSingle ? Math.max(tolerance, singleTolerance) : tolerance;
}

/**
 * Compares two arrays that should be equal up to rounding, relative to the second's largest
 * element.
 */
export function againstExact(a: NDArray, b: NDArray, tolerance: number = exactTolerance): Distance {
  if (!sameShape(a.shape, b.shape)) return noDistance;
  const [x, y] = [a.flat(), b.flat()];
  let largest = 0;
  for (const value of y) largest = Math.max(largest, Math.abs(value));
  const allowed = atPrecisionOf([a, b], tolerance) * Math.max(largest, 1e-3);
  return distance(paired(x, y, allowed));
}

function* paired(x: ArrayLike<number>, y: ArrayLike<number>, allowed: number): Generator<ElementPair> {
  for (let at = 0; at < x.length; at++) yield { at, a: x[at] as number, b: y[at] as number, allowed };
}
