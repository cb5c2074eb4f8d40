import {
  argument,
  type Contract,
  count,
  flag,
  floatType,
  optional,
  orNull,
  type Required,
} from "../np/internal.ts";
import type { Dataset } from "./dataset.ts";
import { type SeedOptions, seedOptions } from "./seed-options.ts";
import type { Transform } from "./transforms/transform.ts";

export interface DataLoaderOptions extends SeedOptions {
  /** Items per batch; the last one may have fewer. Default 64. */
  readonly batchSize?: number;
  /** Whether every epoch has a new random order. Default false. */
  readonly shuffle?: boolean;
  /** Whether to skip an incomplete last batch. Default false. */
  readonly dropLast?: boolean;
  /**
   * Applied to every image. Its random numbers depend only on seed, epoch and item index. Default
   * null: nothing.
   */
  readonly transform?: Transform | null;
  /** The dtype of a batch's x. Default "float64". */
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

/** The arguments of `DataLoader`. */
export const DataLoader: Contract<{ dataset: Dataset }, DataLoaderOptions> = {
  name: "DataLoader",
  positional: { dataset },
  options: {
    batchSize: optional(count(), 64),
    shuffle: flag(false),
    dropLast: flag(false),
    transform: optional(orNull(transform, "nothing is done"), null),
    ...seedOptions,
    dtype: floatType<"float64" | "float32">(),
  },
};
