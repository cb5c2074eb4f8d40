import type { Dataset } from "../dataset.ts";
import { scatterPoints, type ToyOptions } from "./points.ts";

export interface BlobsOptions extends ToyOptions {
  /**
   * The number of blobs, one per class, with centres uniform in (−10, 10)²; or a list of centres.
   * Default 3.
   */
  readonly centers?: number | readonly (readonly [x0: number, x1: number])[];
}

/**
 * Round clusters of points: class c is its centre plus normal noise with standard deviation `noise`
 * in both coordinates.
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
