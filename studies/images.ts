import { type Dataset, loadDataset, take } from "../datasets/index.ts";
import type { NDArray } from "../np/index.ts";

/** Images as rows of numbers in 0 … 1, with their classes. Shapes: x (N, D), y (N,). */
export interface Rows {
  readonly x: NDArray;
  readonly y: NDArray;
  readonly classes: readonly string[];
}

export interface Images {
  readonly train: Rows;
  readonly test: Rows;
}

/** How many images of a data set are wanted, and for drawn ones their seed. */
export type ImageOptions = {
  readonly dataset: string;
  readonly images: number;
  readonly test: number;
};

/** Loads images, flattened. @throws DataError for a data set that is not on this machine */
export async function imagesOf({ dataset, images, test }: ImageOptions, seed: number): Promise<Images> {
  const data = await loadDataset(dataset, { seed, limit: Math.max(images, test) });
  return { train: flattened(take(data.train, images)), test: flattened(take(data.test, test)) };
}

function flattened({ x, y, classes }: Dataset): Rows {
  const [n = 0] = x.shape;
  return { x: x.astype("float64").div(255).reshape(n, -1), y, classes };
}
