import type { Perturbed } from "./derivatives.ts";

/** The number of points on each line along one element. */
const points = 7;
/** The spacing of a line's points: not a power of 2, and different on every line, because sums can be exact by chance. */
function spacing(line: number, x: number): number {
  return (1 + 0.618 * line) * 1.23456789e-8 * Math.max(1, Math.abs(x));
}
/** The order of differences that contain only noise at this spacing if f is smooth. */
const order = 4;
/** (k!)² / (2k)!: the variance of a k-th difference of independent noise, inverted. */
const gamma = 1 / 70;

/**
 * The absolute uncertainty of one value of f: the standard deviation of its rounding (or randomness),
 * measured from fourth differences at points so close together that a smooth f is linear between
 * them. Never less than half a unit in the last place of f.
 * @param lines how many lines are tried, six evaluations for each; default two for each element, at most 8
 * @see Moré and Wild, "Estimating Computational Noise", SIAM J. Sci. Comput. 33(3), 2011
 */
export function noiseOf(
  f: Perturbed,
  at: ArrayLike<number>,
  x: (element: number) => number,
  lines: number = Math.min(8, 2 * at.length),
): number {
  const tried = Int32Array.from({ length: at.length > 0 ? lines : 0 }, (_, i) => {
    return at[Math.floor(((i + 0.5) * at.length) / lines)] as number;
  });
  let rows: Float64Array[] = [new Float64Array(tried.length).fill(f.base)];
  for (let p = 1; p < points; p++) {
    const steps = Float64Array.from(tried, (element, line) => p * spacing(line, x(element)));
    rows.push(f.evaluate(tried, steps));
  }
  let largest = 0;
  for (const y of rows.flatMap((row) => [...row])) if (Math.abs(y) > largest) largest = Math.abs(y);
  for (let k = 0; k < order; k++) {
    rows = rows
      .slice(1)
      .map((row, i) => row.map((y, line) => y - ((rows[i] as Float64Array)[line] as number)));
  }
  const deviations = [...tried.keys()]
    .map((line) => {
      const squares = rows.map((row) => (row[line] as number) ** 2);
      return Math.sqrt((gamma * squares.reduce((a, b) => a + b, 0)) / squares.length);
    })
    .filter((deviation) => deviation > 0)
    .sort((a, b) => a - b);
  const middle = deviations[Math.floor(deviations.length / 2)] ?? 0;
  return Math.max(2 * middle, largest * 2 ** -53);
}
