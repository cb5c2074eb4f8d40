import { formatShape, NDArray, type Random, sizeOf } from "../np/index.ts";
import { anyNumber, describe, expectArgument, stream } from "../np/internal.ts";
import { expectDataset } from "./expect-dataset.ts";

/**
 * Inputs with their targets: class indices with `classes`; without it anything to be fitted, such
 * as numbers for regression, or a class for every pixel as int32. An autoencoder's y is x itself:
 * `{ x, y: x }`.
 * Shapes: x (N, …) and y (N, …), one item per row. Images are uint8, 0 (black) to 255, of shape
 * (N, H, W), or (N, C, H, W) in colour.
 */
export interface Samples {
  /** For messages. */
  readonly name?: string | undefined;
  readonly x: NDArray;
  readonly y: NDArray;
  /** The classes' names if y (N,) holds an index into them; absent for all other targets. */
  readonly classes?: readonly string[] | undefined;
}

/**
 * Inputs with their classes.
 * Shapes: x (N, …), images or points, float64 (N, 2). y (N,) int32, each an index into `classes`.
 */
export interface Dataset extends Samples {
  readonly name: string;
  readonly classes: readonly string[];
}

/**
 * The first `n` items, or all if there are fewer; shares their memory.
 * @throws RangeError unless n is a whole number ≥ 1
 */
export function take<D extends Samples>(dataset: D, n: number): D {
  expectDataset("take", dataset);
  if (!Number.isInteger(n) || n < 1) {
    throw new RangeError(`take: n is ${describe(n)}; expected a whole number of items, 1 or more`);
  }
  if (n >= size(dataset)) return dataset;
  return ofEach(dataset, (x) => x.slice([0, n]));
}

/**
 * Splits a dataset at random into two disjoint parts: `fraction` of the items, rounded, for
 * validation and the rest for training. Equal states of `rng` give equal splits. Both parts are
 * copies. It does not look at the targets, so these may be anything, and the shares of rare classes
 * may differ between the parts.
 * @throws RangeError unless 0 < fraction < 1 and both parts have at least one item
 */
export function splitDataset<D extends Samples>(
  dataset: D,
  fraction: number,
  rng: Random,
): { readonly train: D; readonly validation: D } {
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

/**
 * The number of items.
 * @throws TypeError unless x and y have one row per item, and y is (N,) where there are classes
 */
export function size(dataset: Samples): number {
  const { x, y, classes } = dataset;
  const n = x.shape[0];
  if (n === undefined || y.shape[0] !== n || (classes && y.ndim !== 1)) {
    const expected = classes
      ? "x (N, …) and y (N,), one class index per item; leave out classes if y holds other targets"
      : "x (N, …) and y (N, …), one row per item";
    throw new TypeError(
      `${titleOf(dataset)}: x has shape ${formatShape(x.shape)} and y ${formatShape(y.shape)}; expected ${expected}`,
    );
  }
  return n;
}

/** "dataset moons", or "the dataset" if it has no name. */
export function titleOf({ name }: Samples): string {
  return name === undefined ? "the dataset" : `dataset ${name}`;
}

function select<D extends Samples>(dataset: D, indices: NDArray): D {
  const order = indices.flat();
  return ofEach(dataset, (x) => rows(x, order));
}

/** The dataset with part of x and of y. If y is x, as for an autoencoder, it stays so. */
function ofEach<D extends Samples>(dataset: D, part: (x: NDArray) => NDArray): D {
  const x = part(dataset.x);
  return { ...dataset, x, y: dataset.y === dataset.x ? x : part(dataset.y) };
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
