import { formatShape, type NDArray, sameShape } from "../../np/index.ts";
import { factorBetween, largest, slices } from "./closeness.ts";
import { type Evidence, gradientName } from "./evidence.ts";
import { placeOf, wrongElements } from "./places.ts";

/** Describes a gradient that looks like no known mistake. */
export function observations(evidence: Evidence, tolerance: number): string {
  const { quantity, found, expected } = evidence;
  const d = gradientName(quantity);
  if (!sameShape(found.shape, expected.shape))
    return `${d} has shape ${formatShape(found.shape)}, expected ${formatShape(expected.shape)}, ${quantity}'s own; no known mistake explains its numbers`;
  const [f, e] = [found.flat(), expected.flat()];
  const broken = Array.from(f).filter((value) => !Number.isFinite(value)).length;
  if (broken > 0)
    return `${broken} of ${f.length} elements of ${d} are NaN or infinite: look for 0/0, log(0), or exp of a large number`;
  const scale = Math.max(largest(f), largest(e));
  const wrong = wrongElements(found, expected, tolerance);
  const count = wrong.filter(Boolean).length;
  const place = count < f.length ? placeOf(evidence, wrong) : "";
  if (count === 0)
    return `${d} differs from the right one by ${(largest(difference(f, e)) / scale).toExponential(1)} of its largest element: rounding, or a constant with too few digits`;
  if (f.length === 1) return `${d} is ${f[0]}, expected ${e[0]}: this single number fits no known mistake`;
  const facts = [
    ...(count < f.length
      ? [`${count} of ${f.length} elements are wrong`]
      : [`all ${f.length} elements are wrong`]),
    ...(place ? [place] : []),
    ...sameAlong(found, expected, tolerance),
    ...spread(f, e, tolerance),
  ];
  return `${d} looks like no known mistake: ${facts.join("; ")}`;
}

function difference(f: ArrayLike<number>, e: ArrayLike<number>): Float64Array {
  return Float64Array.from(f, (value, i) => value - (e[i] as number));
}

/**
 * Describes a difference that is constant along an axis, or a factor per slice: a term or a factor
 * in which that axis is summed.
 */
function sameAlong(found: NDArray, expected: NDArray, tolerance: number): string[] {
  const apart = found.sub(expected);
  const allowed = tolerance * Math.max(largest(found.flat()), largest(expected.flat()));
  return found.shape.flatMap((length, axis) => {
    if (length < 2 || found.ndim < 2) return [];
    const [first, ...rest] = slices(apart, axis) as [ArrayLike<number>, ...ArrayLike<number>[]];
    if (rest.every((slice) => largest(difference(slice, first)) <= allowed))
      return [
        `the error is constant along axis ${axis}: a term that is a sum or mean over axis ${axis} is missing, such as the − Σ of softmax`,
      ];
    const theirs = slices(expected, axis);
    const factors = slices(found, axis).map((slice, i) => factorBetween(slice, theirs[i] ?? [], tolerance));
    return expected.size > 2 * length && factors.every((factor) => factor !== null)
      ? [
          `each slice along axis ${axis} has its own factor: a factor with one number per slice is missing or should not be there`,
        ]
      : [];
  });
}

function spread(f: ArrayLike<number>, e: ArrayLike<number>, tolerance: number): string[] {
  const small = tolerance * largest(e);
  const ratios = Array.from(f).flatMap((value, i) => {
    const right = e[i] as number;
    return Math.abs(right) > small ? [value / right] : [];
  });
  if (ratios.length === 0) return ["the right one is 0 everywhere"];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const ratio of ratios) [low, high] = [Math.min(low, ratio), Math.max(high, ratio)];
  return [`found / right lies between ${low.toPrecision(3)} and ${high.toPrecision(3)}`];
}
