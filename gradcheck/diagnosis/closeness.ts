import { type NDArray, sameShape } from "../../np/index.ts";

/** The largest absolute value; NaN counts as infinite. */
export function largest(x: ArrayLike<number>): number {
  let max = 0;
  for (let i = 0; i < x.length; i++) {
    const value = Math.abs(x[i] as number);
    max = Number.isNaN(value) ? Number.POSITIVE_INFINITY : Math.max(max, value);
  }
  return max;
}

/** Whether |a − b| ≤ tolerance · max(max |a|, max |b|) everywhere; NaN and Infinity equal nothing. */
export function close(a: ArrayLike<number>, b: ArrayLike<number>, tolerance: number): boolean {
  if (a.length !== b.length) return false;
  const allowed = tolerance * Math.max(largest(a), largest(b));
  if (!Number.isFinite(allowed)) return false;
  for (let i = 0; i < a.length; i++)
    if (Math.abs((a[i] as number) - (b[i] as number)) > allowed) return false;
  return true;
}

/** Whether the arrays have the same shape and are close. */
export function same(a: NDArray, b: NDArray | undefined, tolerance: number): boolean {
  return b !== undefined && sameShape(a.shape, b.shape) && close(a.flat(), b.flat(), tolerance);
}

/** The factor r with found = r · expected everywhere; null if there is none, or if either is 0 everywhere. */
export function commonFactor(
  found: NDArray,
  expected: NDArray | undefined,
  tolerance: number,
): number | null {
  if (!expected || !sameShape(found.shape, expected.shape)) return null;
  return factorBetween(found.flat(), expected.flat(), tolerance);
}

/** The same for flat numbers. */
export function factorBetween(
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): number | null {
  const [f, e] = [largest(found), largest(expected)];
  if (!(f > 0 && e > 0 && Number.isFinite(f) && Number.isFinite(e))) return null;
  let [both, own] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    both += ((found[i] as number) / f) * ((expected[i] as number) / e);
    own += ((expected[i] as number) / e) ** 2;
  }
  const factor = (both / own) * (f / e);
  return close(
    found,
    Float64Array.from(expected, (value) => value * factor),
    tolerance,
  )
    ? factor
    : null;
}

/** The number of elements that are not 0 compared with the largest. */
export function countNonZero(x: ArrayLike<number>, tolerance: number): number {
  const small = tolerance * largest(x);
  let count = 0;
  for (let i = 0; i < x.length; i++) if (Math.abs(x[i] as number) > small) count++;
  return count;
}

/** The elements of each slice along one axis. */
export function slices(x: NDArray, axis: number): ArrayLike<number>[] {
  const all = x.shape.map(() => null);
  return Array.from({ length: x.shape[axis] as number }, (_, i) =>
    x.slice(...all.slice(0, axis), [i, i + 1]).flat(),
  );
}
