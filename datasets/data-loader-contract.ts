import type { Random } from "../np/index.ts";
import {
  argument,
  type Contract,
  count,
  flag,
  floatType,
  integer,
  optional,
  orNull,
  type Required,
  stream,
} from "../np/internal.ts";
import type { Dataset } from "./dataset.ts";
import type { Transform } from "./transforms/transform.ts";

export interface DataLoaderOptions {
  /** Items in a batch; the last one may have fewer. Default 64. */
  readonly batchSize?: number;
  /** A new random order for every epoch. Default false. */
  readonly shuffle?: boolean;
  /** Leave out a last batch that is not full. Default false. */
  readonly dropLast?: boolean;
  /** What is done to every image; its chance depends on seed, epoch and the item's index alone. Default null: nothing. */
  readonly transform?: Transform | null;
  /** Of order and transform. Equal seeds give equal batches. Default null: a fresh seed is chosen, and printed. */
  readonly seed?: number | null;
  /** The stream to draw orders from, instead of a seed. Default null: none. */
  readonly rng?: Random | null;
  /** Of a batch's x. Default "float64". */
  readonly dtype?: "float64" | "float32";
}

const isObject = (x: unknown): x is object => typeof x === "object" && x !== null;

const dataset: Required<Dataset> = argument(
  "object",
  "a dataset { name, x, y, classes }, such as moons({ n: 200 })",
  (x) => isObject(x) && "x" in x && "y" in x && "classes" in x,
);

const transform: Required<Transform> = argument(
  "object",
  "a transform with forward(image, rng), such as new RandomHorizontalFlip() or new Compose([…])",
  (x) => isObject(x) && "forward" in x && typeof x.forward === "function",
);

/** What a `DataLoader` takes. */
export const dataLoaderContract: Contract<{ dataset: Dataset }, DataLoaderOptions> = {
  name: "DataLoader",
  positional: { dataset },
  options: {
    batchSize: optional(count(), 64),
    shuffle: flag(false),
    dropLast: flag(false),
    transform: optional(orNull(transform, "nothing is done"), null),
    seed: optional(orNull(integer({ least: 0, most: 2 ** 32 - 1 }), "a fresh seed, which is printed"), null),
    rng: optional(orNull(stream, "a stream of the seed"), null),
    dtype: floatType<"float64" | "float32">(),
  },
};
