import type { Perturbed } from "./perturbed.ts";

/** The number of points on each line along one element. */
const points = 7;
/**
 * The distance between points on a line: not a power of 2, and different on every line, because
 * sums can be exact by chance. It is small against x, so that a smooth f is linear there.
 */
function spacing(line: number, x: number): number {
  return (1 + 0.618 * line) * 1.23456789e-8 * (x === 0 ? 1 : Math.abs(x));
}
/**
 * Differences of this order contain only noise: a smooth function contributes nothing at this
 * spacing.
 */
const order = 4;
/** (k!)² / (2k)!, the inverse of the variance of a k-th difference of independent unit noise. */
const gamma = 1 / 70;
/** Half a unit in the last place: no float64 is known more exactly. */
const least = 2 ** -53;

/**
 * The uncertainty of f relative to the outputs that move: the standard deviation of its rounding
 * (or of randomness in it), measured from fourth differences at points so close together that a
 * smooth f is linear between them. At least half a unit in the last place.
 * @param lines the number of lines tried, with six evaluations each; default two per element, at
 * most 8
 * @see Moré and Wild, "Estimating Computational Noise", SIAM J. Sci. Comput. 33(3), 2011
 */
export function roundingOf(
  f: Perturbed,
  at: ArrayLike<number>,
  x: (element: number) => number,
  lines: number = Math.min(8, 2 * at.length),
): number {
  const tried = Int32Array.from({ length: at.length > 0 ? lines : 0 }, (_, i) => {
    return at[Math.floor(((i + 0.5) * at.length) / lines)] as number;
  });
  let rows: Float64Array[] = [new Float64Array(tried.length)];
  const sizes = new Float64Array(tried.length);
  for (let p = 1; p < points; p++) {
    const steps = Float64Array.from(tried, (element, line) => p * spacing(line, x(element)));
    const moved = f.changes(tried, steps);
    rows.push(moved.values);
    for (const [line, size] of moved.sizes.entries()) if (size > (sizes[line] as number)) sizes[line] = size;
  }
  for (let k = 0; k < order; k++) {
    rows = rows
      .slice(1)
      .map((row, i) => row.map((y, line) => y - ((rows[i] as Float64Array)[line] as number)));
  }
  const deviations = [...tried.keys()]
    .map((line) => {
      const squares = rows.map((row) => (row[line] as number) ** 2);
      const mean = squares.reduce((a, b) => a + b, 0) / squares.length;
      return Math.sqrt(gamma * mean) / (sizes[line] as number);
    })
    .filter((deviation) => deviation > 0)
    .sort((a, b) => a - b);
  const middle = deviations[Math.floor(deviations.length / 2)] ?? 0;
  return Math.max(2 * middle, least);
}
