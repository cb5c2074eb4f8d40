import { catalogueEntry, type Dataset, loadDataset, splitDataset, take } from "../datasets/index.ts";
import { type NDArray, random } from "../np/index.ts";
import { isFloat } from "../np/internal.ts";

interface Items {
  readonly x: NDArray;
  readonly y: NDArray;
}

/** Images as rows of numbers in 0 … 1, with their classes. Shapes: x (N, D), y (N,). */
export interface Rows extends Items {
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

/**
 * As `imagesOf`, but of a data set in files every seed draws other images.
 * @throws DataError for a data set that is not on this machine
 */
export async function drawImages(wanted: ImageOptions, seed: number): Promise<Images> {
  if (catalogueEntry(wanted.dataset).files === null) return imagesOf(wanted, seed);
  const data = await loadDataset(wanted.dataset);
  const draw = (from: Dataset, n: number, part: number): Dataset => {
    const size = from.x.shape[0] ?? 0;
    return n >= size ? from : splitDataset(from, n / size, random(seed).foldIn(part)).validation;
  };
  return {
    train: flattened(draw(data.train, wanted.images, 0)),
    test: flattened(draw(data.test, wanted.test, 1)),
  };
}

function flattened({ x, y, classes }: Dataset): Rows {
  const [n = 0] = x.shape;
  return { x: x.astype("float64").div(255).reshape(n, -1), y, classes };
}

/** The same items with floating numbers as float32; class indices stay as they are. */
export function inFloat32({ x, y }: Items): Items {
  return { x: x.astype("float32"), y: isFloat(y.dtype) ? y.astype("float32") : y };
}

/**
 * Loads images for a convolution, as float32 numbers in −0.5 … 0.5. Shapes: x (N, C, H, W), y (N,).
 * @throws DataError for a data set that is not on this machine
 */
export async function imagesInPlanes(
  { dataset, images, test }: ImageOptions,
  seed: number,
): Promise<{ readonly train: Dataset; readonly test: Dataset }> {
  const data = await loadDataset(dataset, { seed, limit: Math.max(images, test) });
  return { train: inPlanes(take(data.train, images)), test: inPlanes(take(data.test, test)) };
}

function inPlanes(data: Dataset): Dataset {
  const [n = 0, ...shape] = data.x.shape;
  const [width = 0, height = 0, channels = 1] = shape.toReversed();
  const x = data.x.astype("float32").div(255).sub(0.5);
  return { ...data, x: x.reshape(n, channels, height, width) };
}
