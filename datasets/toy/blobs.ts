import { settle } from "../../np/internal.ts";
import type { Dataset } from "../dataset.ts";
import * as contracts from "./contracts.ts";
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
export function blobs(options: BlobsOptions = {}): Dataset {
  const given = settle(contracts.blobs, {}, options);
  const { centers } = given;
  const count = typeof centers === "number" ? centers : centers.length;
  return scatterPoints("blobs", count, given, (counts, rng) => {
    const drawn = rng.uniform(-10, 10, [2 * count]).flat();
    const places =
      typeof centers === "number"
        ? counts.map((_, c) => [drawn[2 * c] as number, drawn[2 * c + 1] as number] as const)
        : centers;
    return (label) => places[label] as readonly [number, number];
  });
}
