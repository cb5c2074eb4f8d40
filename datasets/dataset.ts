import { formatShape, NDArray, type Random, sizeOf } from "../np/index.ts";
import { anyNumber, describe, expectArgument, stream } from "../np/internal.ts";
import { expectDataset } from "./expect-dataset.ts";

/**
 * Inputs with their classes.
 * Shapes: x (N, …), one item per row. Images are uint8, 0 (black) to 255, of shape (N, H, W), or
 * (N, C, H, W) in colour. Points are float64 (N, 2). y (N,) int32, each an index into `classes`.
 */
export interface Dataset {
  readonly name: string;
  readonly x: NDArray;
  readonly y: NDArray;
  readonly classes: readonly string[];
}

/**
 * The first `n` items, or all if there are fewer; shares their memory.
 * @throws RangeError unless n is a whole number ≥ 1
 */
export function take(dataset: Dataset, n: number): Dataset {
  expectDataset("take", dataset);
  if (!Number.isInteger(n) || n < 1) {
    throw new RangeError(`take: n is ${describe(n)}; expected a whole number of items, 1 or more`);
  }
  if (n >= size(dataset)) return dataset;
  return { ...dataset, x: dataset.x.slice([0, n]), y: dataset.y.slice([0, n]) };
}

/**
 * Splits a dataset at random into two disjoint parts: `fraction` of the items, rounded, for
 * validation and the rest for training. Equal states of `rng` give equal splits. Both parts are
 * copies.
 * @throws RangeError unless 0 < fraction < 1 and both parts have at least one item
 */
export function splitDataset(
  dataset: Dataset,
  fraction: number,
  rng: Random,
): { readonly train: Dataset; readonly validation: Dataset } {
  expectDataset("splitDataset", dataset);
  const n = size(dataset);
  expectArgument("splitDataset", "fraction", anyNumber, fraction);
  expectArgument("splitDataset", "rng", stream, rng);
  const held = Math.round(n * fraction);
  if (!(held >= 1 && held < n)) {
    throw new RangeError(
      `splitDataset: a fraction of ${fraction} of ${n} item(s) is ${held} for validation; expected 0 < fraction < 1, and at least one item in each part`,
    );
  }
  const order = rng.permutation(n);
  return {
    train: select(dataset, order.slice([held, n])),
    validation: select(dataset, order.slice([0, held])),
  };
}

/** The number of items. @throws TypeError unless x and y have one row per item */
export function size({ name, x, y }: Dataset): number {
  const n = x.shape[0];
  if (n === undefined || y.ndim !== 1 || y.shape[0] !== n) {
    throw new TypeError(
      `dataset ${name}: x has shape ${formatShape(x.shape)} and y ${formatShape(y.shape)}; expected x (N, …) and y (N,), one class index per item`,
    );
  }
  return n;
}

function select(dataset: Dataset, indices: NDArray): Dataset {
  const order = indices.flat();
  return { ...dataset, x: rows(dataset.x, order), y: rows(dataset.y, order) };
}

/** Copies of x's rows, in the order of `indices`. */
function rows(x: NDArray, indices: ArrayLike<number>): NDArray {
  const length = sizeOf(x.shape.slice(1));
  const from = x.flat();
  const y = NDArray.empty([indices.length, ...x.shape.slice(1)], x.dtype);
  const to = y.flat();
  for (let i = 0; i < indices.length; i++) {
    const at = (indices[i] as number) * length;
    to.set(from.subarray(at, at + length), i * length);
  }
  return y;
}
