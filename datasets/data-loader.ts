import {
  arange,
  type DType,
  formatShape,
  NDArray,
  type Random,
  type RandomState,
  random,
  ShapeError,
  sameShape,
  type TypedArray,
} from "../np/index.ts";
import {
  describe,
  expectArgument,
  objectWith,
  printsItsText,
  settle,
  yieldToEventLoop,
} from "../np/internal.ts";
import { DataLoader as contract, type DataLoaderOptions, draws } from "./data-loader-contract.ts";
import { type Samples, size, titleOf } from "./dataset.ts";
import { DataError } from "./errors.ts";
import { type LoaderRanks, partOfRank } from "./part-of-rank.ts";
import type { Transform } from "./transforms/transform.ts";

export interface Batch {
  readonly x: NDArray;
  readonly y: NDArray;
}

/**
 * The state of a loader, as plain JSON. A loader with the same data and options continues from it
 * bit for bit.
 */
export interface DataLoaderState {
  /** The number of epochs before this one. */
  readonly epoch: number;
  /** The number of batches of this epoch already returned. */
  readonly batch: number;
  /** The state of the order's stream at the start of this epoch; null without shuffling. */
  readonly order: RandomState | null;
  /**
   * The state of the stream that transforms' streams derive from; null without a random transform.
   */
  readonly transform: RandomState | null;
}

const savedState = objectWith<DataLoaderState>("the state of a loader", {});

/**
 * For transforms that declare that they draw nothing; if one draws anyway, the result is
 * repeatable.
 */
const constant: Random = random(0);

/**
 * Iterates over a dataset in batches, one epoch per `for await`: `for await (const { x, y } of
 * loader) …`. Each epoch and item has its own random stream, so batch size, order and ranks do not
 * change what a transform does. uint8 images become numbers in [0, 1] (÷ 255); a batch owns its memory.
 * Shapes: x (B, …) float64 or float32, the item shape as in the data or as transformed; y (B,) int32;
 * without `classes` y (B, …), int32 or floats in x's dtype. Of R ranks, r gets rows ⌊r·B/R⌋ to ⌊(r+1)·B/R⌋ − 1.
 * @throws RangeError for a bad batch size or one that leaves no batch, and for ranks that draw without a seed;
 * DataError for empty data, NaN, Infinity or a bad class index; ShapeError for transformed images of
 * different shapes; TypeError for other rows in y than in x, or a y of bytes other than x
 * @example
 * const shapes = [];
 * const loader = new DataLoader(xor({ n: 6, rng: random(0) }), { batchSize: 4, rng: random(1) });
 * for await (const { x } of loader) shapes.push(x.shape);
 * shapes // [[4, 2], [2, 2]]
 * @example
 * const x = array([[1], [2], [3]]);
 * const targets = [];
 * for await (const { y } of new DataLoader({ x, y: x.mul(x) }, { batchSize: 2 })) targets.push(y);
 * targets // [[[1], [4]], [[9]]]
 */
export class DataLoader implements AsyncIterable<Batch> {
  readonly dataset: Samples;
  readonly batchSize: number;
  /** The number of batches in an epoch. */
  readonly length: number;
  readonly transform: Transform | null;
  /** The stream of the orders; null without shuffling. */
  readonly rng: Random | null;
  /**
   * Among whom the batches are divided, the object that was given; null for whole batches. `train` looks here for whom
   * to exchange gradients with, so a loader of your own around this one needs this field too.
   */
  readonly ranks: LoaderRanks | null;
  readonly #dtype: "float64" | "float32";
  /** Never drawn from directly: every item of every epoch derives its own stream. */
  readonly #chance: Random | null;
  #at: { readonly epoch: number; readonly batch: number } = { epoch: 0, batch: 0 };
  /** The state of the order's stream at the start of the epoch. */
  #began: RandomState | undefined;
  /** Whether `loadState` has moved this loader into the middle of an epoch. */
  #resumes: boolean = false;

  constructor(dataset: Samples, options: DataLoaderOptions = {}) {
    const given = settle(contract, { dataset }, options);
    const { batchSize, shuffle, dropLast, transform, seed, dtype, ranks } = given;
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
    this.transform = transform;
    this.ranks = ranks;
    const isRandom = draws(transform);
    const rng = shuffle || isRandom ? (given.rng ?? random(seed ?? undefined)) : null;
    this.rng = shuffle ? rng : null;
    this.#chance = isRandom && rng ? rng.foldIn(0) : null;
    this.#dtype = dtype;
  }

  /** The current state, for checkpoints: within an epoch, at its end, or before the first. */
  get state(): DataLoaderState {
    const { epoch, batch } = this.#at;
    const order = batch === 0 ? this.rng?.state : this.#began;
    return { epoch, batch, order: order ?? null, transform: this.#chance?.state ?? null };
  }

  /**
   * Makes the next `for await` continue from a state: with the next batch of an epoch in progress,
   * otherwise with a new epoch.
   * @throws TypeError for a state from a loader with other options; RangeError for counts that this
   * loader cannot have
   */
  loadState(state: DataLoaderState): void {
    expectArgument("DataLoader.loadState", "state", savedState, state);
    const { epoch, batch, order, transform } = state;
    const counts = [epoch, batch].every((n) => Number.isInteger(n) && n >= 0) && batch < this.length;
    if (!counts) {
      throw new RangeError(
        `DataLoader.loadState: epoch ${describe(epoch)}, batch ${describe(batch)}; expected whole numbers from 0 on, and batch below ${this.length}, the batches in an epoch. Was the state taken with another batchSize?`,
      );
    }
    const fits = (order === null) === (this.rng === null) && (transform === null) === (this.#chance === null);
    if (!fits) {
      throw new TypeError(
        "DataLoader.loadState: the state is of a loader with another shuffle or transform; build this one with the same options",
      );
    }
    if (this.rng && order) this.rng.state = order;
    if (this.#chance && transform) this.#chance.state = transform;
    this.#at = { epoch, batch };
    this.#began = order ?? undefined;
    this.#resumes = batch > 0;
  }

  static {
    // No part of the type, so that the compiler refuses a loop without await too.
    const value = (): never => {
      throw new TypeError(
        "DataLoader: its batches come one after the other; write for await (const { x, y } of loader)",
      );
    };
    Object.defineProperty(DataLoader.prototype, Symbol.iterator, { value });
    printsItsText(DataLoader.prototype);
  }

  /** `DataLoader(dataset moons: 300 items in 10 batches of 32, shuffled, rank 1 of 4)`. */
  toString(): string {
    const { dataset, length, batchSize, transform, ranks } = this;
    const facts = [
      `${titleOf(dataset)}: ${size(dataset)} items in ${length} batches of ${batchSize}`,
      ...(this.rng ? ["shuffled"] : []),
      ...(transform ? [`transform ${transform.constructor.name}`] : []),
      ...(ranks ? [`rank ${ranks.rank} of ${ranks.size}`] : []),
    ];
    return `DataLoader(${facts.join(", ")})`;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Batch, void, undefined> {
    const { x, y, classes } = this.dataset;
    const n = size(this.dataset);
    // An epoch abandoned in the middle is over, unless its state was loaded.
    const goesOn = this.#resumes || this.#at.batch === 0;
    const { epoch, batch } = goesOn ? this.#at : { epoch: this.#at.epoch + 1, batch: 0 };
    this.#resumes = false;
    this.#began = this.rng?.state;
    const order = this.rng?.permutation(n) ?? arange(n, undefined, 1, { dtype: "int32" });
    const [items, targets, indices] = [x.flat(), y.flat(), order.flat()];
    for (let i = batch; i < this.length; i++) {
      await yieldToEventLoop();
      const whole = indices.subarray(i * this.batchSize, (i + 1) * this.batchSize);
      const rows = partOfRank<TypedArray>(whole, this.ranks);
      const next = {
        x: this.transform
          ? this.#transformed(this.transform, rows, whole[0] as number, epoch)
          : rowsOf(x, items, rows, this.#dtype),
        y: rowsOf(y, targets, rows, classes || y.dtype === "int32" ? "int32" : this.#dtype),
      };
      this.#at = i + 1 < this.length ? { epoch, batch: i + 1 } : { epoch: epoch + 1, batch: 0 };
      yield next;
    }
  }

  /** `like` is an item of the batch, which gives an empty part its shape. */
  #transformed(transform: Transform, rows: TypedArray, like: number, epoch: number): NDArray {
    const { x } = this.dataset;
    const made = (row: number): NDArray =>
      transform.forward(x.slice(row), (this.#chance ?? constant).foldIn(epoch, row));
    const images = Array.from(rows, made);
    const first = images[0] ?? made(like);
    const batch = NDArray.empty([images.length, ...first.shape], this.#dtype);
    const to = batch.flat();
    for (const [i, image] of images.entries()) {
      if (!sameShape(image.shape, first.shape) || image.dtype !== first.dtype) {
        throw new ShapeError(
          `DataLoader: the transform makes item ${rows[i]} of ${titleOf(this.dataset)} ${formatShape(image.shape)} ${image.dtype}, and item ${rows[0]} ${formatShape(first.shape)} ${first.dtype}; expected one shape and dtype for all: crop or resize them alike`,
        );
      }
      to.set(image.flat(), i * first.size);
    }
    if (first.dtype === "uint8") divideBy255(to);
    return batch;
  }
}

/** Divides bytes by 255. A native copy followed by this pass is faster than one loop for both. */
function divideBy255(x: TypedArray): void {
  for (let i = 0; i < x.length; i++) x[i] = (x[i] as number) / 255;
}

/** Copies of these rows of an array with these elements; bytes become 0 … 1 unless they stay integers. */
function rowsOf(x: NDArray, elements: TypedArray, rows: ArrayLike<number>, dtype: DType): NDArray {
  const batch = NDArray.empty([rows.length, ...x.shape.slice(1)], dtype);
  const to = batch.flat();
  const length = rows.length === 0 ? 0 : to.length / rows.length;
  for (let i = 0; i < rows.length; i++) {
    const row = (rows[i] as number) * length;
    to.set(elements.subarray(row, row + length), i * length);
  }
  if (x.dtype === "uint8" && dtype !== "int32") divideBy255(to);
  return batch;
}

function check(dataset: Samples, n: number): void {
  const { x, y, classes } = dataset;
  const title = titleOf(dataset);
  if (n === 0 || x.size === 0 || y.size === 0)
    throw new DataError(`DataLoader: ${title} has no items; expected one or more`);
  checkFinite(title, "", x, n);
  if (classes) checkIndices(title, y, classes.length);
  else if (y !== x) checkTargets(title, y, n);
}

function checkFinite(title: string, name: string, x: NDArray, n: number): void {
  const data = x.flat();
  const bad = x.dtype === "uint8" ? -1 : data.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  const row = Math.floor(bad / (x.size / n));
  throw new DataError(
    `DataLoader: ${title} has ${data[bad]} in item ${row}, ${name}element ${bad % (x.size / n)}; expected finite numbers: remove or replace such items first`,
  );
}

function checkIndices(title: string, y: NDArray, classes: number): void {
  const indices = y.flat();
  const label = indices.findIndex((c) => !(Number.isInteger(c) && c >= 0 && c < classes));
  if (label < 0) return;
  const remedy = Number.isInteger(indices[label])
    ? ""
    : "; leave out classes if y holds numbers to be fitted";
  throw new DataError(
    `DataLoader: ${title}, item ${label}: class index ${indices[label]}; expected a whole number from 0 to ${classes - 1}, one of its ${classes} classes${remedy}`,
  );
}

function checkTargets(title: string, y: NDArray, n: number): void {
  if (y.dtype === "uint8") {
    throw new TypeError(
      `DataLoader: ${title} has a y of bytes, uint8 ${formatShape(y.shape)}, and no classes, so they could be indices or brightnesses; for indices pass y.astype("int32"), for brightnesses y.div(255), and to reproduce x pass x itself as y`,
    );
  }
  checkFinite(title, "target, ", y, n);
}
