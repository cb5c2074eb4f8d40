import type { Dataset } from "../dataset.ts";
import { scatterPoints, type ToyOptions } from "./points.ts";

export interface BlobsOptions extends ToyOptions {
  /** How many blobs, each a class, with centres uniform in (−10, 10)²; or the centres themselves. Default 3. */
  readonly centers?: number | readonly (readonly [x0: number, x1: number])[];
}

/**
 * Round heaps of points: class c is its centre plus normal noise of standard deviation `noise` in both coordinates.
 * Shapes: x (n, 2) float64, y (n,) int32. Defaults: n 200, noise 1, three centres.
 * @throws RangeError for n < centers, noise < 0 or fewer than 1 centre
 * @see scikit-learn, `sklearn.datasets.make_blobs`
 */
export function blobs({ centers = 3, noise = 1, ...options }: BlobsOptions = {}): Dataset {
  const count = typeof centers === "number" ? centers : centers.length;
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(
      `blobs: centers is ${count}; expected a whole number of blobs or a list of [x0, x1]`,
    );
  }
  return scatterPoints("blobs", count, { noise, ...options }, (counts, rng) => {
    const drawn = rng.uniform(-10, 10, [2 * count]).flat();
    const places =
      typeof centers === "number"
        ? counts.map((_, c) => [drawn[2 * c] as number, drawn[2 * c + 1] as number] as const)
        : centers;
    return (label) => places[label] as readonly [number, number];
  });
}
