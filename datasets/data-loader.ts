import { arange, NDArray, type Random, random, type TypedArray } from "../np/index.ts";
import { type Dataset, size } from "./dataset.ts";
import { DataError } from "./errors.ts";

export interface DataLoaderOptions {
  /** Items in a batch; the last one may have fewer. Default 64. */
  readonly batchSize?: number;
  /** A new random order for every epoch. Default false. */
  readonly shuffle?: boolean;
  /** Leave out a last batch that is not full. Default false. */
  readonly dropLast?: boolean;
  /** Of the order. Equal seeds give equal batches. Without seed and rng a fresh seed is chosen, and printed. */
  readonly seed?: number;
  /** The stream to draw orders from, instead of a seed. */
  readonly rng?: Random;
  /** Of a batch's x. Default "float64". */
  readonly dtype?: "float64" | "float32";
}

export interface Batch {
  readonly x: NDArray;
  readonly y: NDArray;
}

/** Event loops starve on microtasks alone: so often, Ctrl-C and timers get their turn. */
const yieldEveryMs = 50;

/**
 * Batches of a dataset, one epoch per `for await`: `for await (const { x, y } of loader) …`. uint8 images become numbers in [0, 1]
 * (÷ 255) batch by batch; a batch owns its memory.
 * Shapes: x (B, …) with the item shape kept, float64 or float32; y (B,) int32.
 * @throws RangeError for a batch size that is not a whole number from 1 on or leaves no batch; DataError for no items, NaN or
 * Infinity, a class index outside the classes
 */
export class DataLoader implements AsyncIterable<Batch> {
  readonly dataset: Dataset;
  readonly batchSize: number;
  /** The number of batches in an epoch. */
  readonly length: number;
  /** Where the orders come from; null when nothing is shuffled. Its `state`, stored, continues a run. */
  readonly rng: Random | null;
  readonly #dtype: "float64" | "float32";

  constructor(dataset: Dataset, options: DataLoaderOptions = {}) {
    const { batchSize = 64, shuffle = false, dropLast = false, seed, rng, dtype = "float64" } = options;
    if (!Number.isInteger(batchSize) || batchSize < 1) {
      throw new RangeError(`DataLoader: batchSize is ${batchSize}; expected a whole number, 1 or more`);
    }
    const n = size(dataset);
    check(dataset, n);
    this.length = dropLast ? Math.floor(n / batchSize) : Math.ceil(n / batchSize);
    if (this.length === 0) {
      throw new RangeError(
        `DataLoader: ${n} item(s) do not fill one batch of ${batchSize}, and dropLast leaves no other; choose a smaller batchSize`,
      );
    }
    this.dataset = dataset;
    this.batchSize = batchSize;
    this.rng = shuffle ? (rng ?? random(seed)) : null;
    this.#dtype = dtype;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Batch, void, undefined> {
    const { x, y } = this.dataset;
    const n = y.size;
    const order = this.rng?.permutation(n) ?? arange(n, undefined, 1, { dtype: "int32" });
    const [items, labels, indices] = [x.flat(), y.flat(), order.flat()];
    let rested = performance.now();
    for (let start = 0; start < this.length * this.batchSize; start += this.batchSize) {
      if (performance.now() - rested > yieldEveryMs) {
        await new Promise<void>((resume) => setTimeout(resume, 0));
        rested = performance.now();
      }
      const rows = indices.subarray(start, start + this.batchSize);
      const batch = {
        x: NDArray.empty([rows.length, ...x.shape.slice(1)], this.#dtype),
        y: NDArray.empty([rows.length], "int32"),
      };
      copyRows(items, rows, batch.x.flat());
      if (x.dtype === "uint8") divideBy255(batch.x.flat());
      copyRows(labels, rows, batch.y.flat());
      yield batch;
    }
  }
}

/** Turns 0 … 255 into numbers in [0, 1]. A pass of its own: with the native copy before it, faster than one loop for both. */
function divideBy255(x: TypedArray): void {
  for (let i = 0; i < x.length; i++) x[i] = (x[i] as number) / 255;
}

function copyRows(from: TypedArray, rows: ArrayLike<number>, to: TypedArray): void {
  const length = to.length / rows.length;
  for (let i = 0; i < rows.length; i++) {
    const row = (rows[i] as number) * length;
    to.set(from.subarray(row, row + length), i * length);
  }
}

function check({ name, x, y, classes }: Dataset, n: number): void {
  if (n === 0 || x.size === 0)
    throw new DataError(`DataLoader: dataset ${name} has no items; expected one or more`);
  const data = x.flat();
  const bad = x.dtype === "uint8" ? -1 : data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    const row = Math.floor(bad / (x.size / n));
    throw new DataError(
      `DataLoader: dataset ${name} has ${data[bad]} in item ${row}, element ${bad % (x.size / n)}; expected finite numbers: remove or replace such items first`,
    );
  }
  const label = y.flat().findIndex((c) => !(Number.isInteger(c) && c >= 0 && c < classes.length));
  if (label >= 0) {
    throw new DataError(
      `DataLoader: dataset ${name}, item ${label}: class index ${y.flat()[label]}; expected a whole number from 0 to ${classes.length - 1}, one of its ${classes.length} classes`,
    );
  }
}
