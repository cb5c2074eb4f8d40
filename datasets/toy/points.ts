import { NDArray, type Random, random } from "../../np/index.ts";
import type { None, Settled } from "../../np/internal.ts";
import type { Dataset } from "../dataset.ts";
import type { SeedOptions } from "../seed-options.ts";

export interface ToyOptions extends SeedOptions {
  /** The number of points. Default 200. */
  readonly n?: number;
  /**
   * The standard deviation of the normal noise added to both coordinates. Default 0.1; 0 for xor,
   * 0.02 for spirals, 1 for blobs.
   */
  readonly noise?: number;
}

/**
 * Creates a set of points in the plane. Class c has n / classes points; the first classes get the
 * remainder, one each. `prepare` receives the class sizes and the stream, and returns a function
 * that places the k-th point of a class. Then noise is added and the order shuffled.
 * @throws RangeError for n < classes or a negative noise
 */
export function scatterPoints(
  name: string,
  classes: number,
  { n, noise, seed, rng }: Settled<None, ToyOptions>,
  prepare: (
    counts: readonly number[],
    rng: Random,
  ) => (label: number, k: number) => readonly [number, number],
): Dataset {
  if (n < classes)
    throw new RangeError(`${name}: n is ${n}, expected ${classes} or more points, one for each class`);
  const stream = rng ?? random(seed ?? undefined);
  const counts = Array.from({ length: classes }, (_, c) => Math.floor((n + classes - 1 - c) / classes));
  const point = prepare(counts, stream);
  const order = stream.permutation(n).flat();
  const shake = stream.normal(0, noise, [2 * n]).flat();
  const x = new Float64Array(2 * n);
  const y = new Int32Array(n);
  let next = 0;
  counts.forEach((count, label) => {
    for (let k = 0; k < count; k++, next++) {
      const row = order[next] as number;
      const [x0, x1] = point(label, k);
      x[2 * row] = x0 + (shake[2 * row] as number);
      x[2 * row + 1] = x1 + (shake[2 * row + 1] as number);
      y[row] = label;
    }
  });
  return { name, x: NDArray.from(x, [n, 2]), y: NDArray.from(y), classes: counts.map((_, c) => String(c)) };
}

/** The k-th of `count` evenly spaced numbers from 0 to 1, both included. */
export function spaced(k: number, count: number): number {
  return count > 1 ? k / (count - 1) : 0;
}
