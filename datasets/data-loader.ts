import { type DType, NDArray, type Random, random, sizeOf } from "../np/index.ts";
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
 * @throws RangeError for a batch size that is not a whole number from 1 on or leaves no batch; DataError for no items, a NaN or
 * a class index outside the classes
 */
export class DataLoader implements AsyncIterable<Batch> {
  readonly dataset: Dataset;
  readonly batchSize: number;
  /** The number of batches in an epoch. */
  readonly length: number;
  /** Where the orders come from; null when nothing is shuffled. Its `state`, stored, continues a run. */
  readonly rng: Random | null;
  readonly #dtype: "float64" | "float32";
  /** What a stored number is divided by: 255 for images. */
  readonly #unit: number;
  readonly #size: number;

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
    this.#unit = dataset.x.dtype === "uint8" ? 255 : 1;
    this.#size = n;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Batch, void, undefined> {
    const order = this.rng?.permutation(this.#size).flat() ?? null;
    let rested = performance.now();
    for (let i = 0; i < this.length; i++) {
      if (performance.now() - rested > yieldEveryMs) {
        await new Promise<void>((resume) => setTimeout(resume, 0));
        rested = performance.now();
      }
      const start = i * this.batchSize;
      const count = Math.min(this.batchSize, this.#size - start);
      yield {
        x: gatherRows(this.dataset.x, order, start, count, this.#dtype, this.#unit),
        y: gatherRows(this.dataset.y, order, start, count, "int32", 1),
      };
    }
  }
}

/** Rows order[start], order[start + 1] … of x (or rows start, start + 1 …), each number divided by `unit`. */
function gatherRows(
  x: NDArray,
  order: ArrayLike<number> | null,
  start: number,
  count: number,
  dtype: DType,
  unit: number,
): NDArray {
  const shape = x.shape.slice(1);
  const length = sizeOf(shape);
  const from = x.flat();
  const batch = NDArray.empty([count, ...shape], dtype);
  const to = batch.flat();
  for (let i = 0; i < count; i++) {
    const row = (order ? (order[start + i] as number) : start + i) * length;
    const at = i * length;
    for (let j = 0; j < length; j++) to[at + j] = (from[row + j] as number) / unit;
  }
  return batch;
}

function check({ name, x, y, classes }: Dataset, n: number): void {
  if (n === 0 || x.size === 0)
    throw new DataError(`DataLoader: dataset ${name} has no items; expected one or more`);
  const data = x.flat();
  const bad = x.dtype === "uint8" ? -1 : data.findIndex((value) => Number.isNaN(value));
  if (bad >= 0) {
    const row = Math.floor(bad / (x.size / n));
    throw new DataError(
      `DataLoader: dataset ${name} has a NaN in item ${row} (element ${bad % (x.size / n)}); remove or replace such items first`,
    );
  }
  const label = y.flat().findIndex((c) => !(Number.isInteger(c) && c >= 0 && c < classes.length));
  if (label >= 0) {
    throw new DataError(
      `DataLoader: dataset ${name}, item ${label}: class index ${y.flat()[label]}; expected a whole number from 0 to ${classes.length - 1}, one of its ${classes.length} classes`,
    );
  }
}
