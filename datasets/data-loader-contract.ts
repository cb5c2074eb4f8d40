import {
  argument,
  type Contract,
  count,
  flag,
  floatType,
  ndarray,
  optional,
  orNull,
  type Required,
  refusal,
} from "../np/internal.ts";
import type { Samples } from "./dataset.ts";
import type { LoaderRanks } from "./part-of-rank.ts";
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
   * Applied to every image of x; y stays as it is. Its random numbers depend only on seed, epoch and item index. Default
   * null: nothing.
   */
  readonly transform?: Transform | null;
  /** The dtype of a batch's x, and of a y of floats. Default "float64". */
  readonly dtype?: "float64" | "float32";
  /**
   * `distributed()`, to divide every batch among the processes: batches, order and transforms are
   * those of one process, and each gets its part of every batch, which may be empty. All need the
   * same rng or seed. Default null: whole batches.
   */
  readonly ranks?: LoaderRanks | null;
}

const isObject = (x: unknown): x is object => typeof x === "object" && x !== null;

const isNames = (x: unknown): boolean => Array.isArray(x) && x.every((name) => typeof name === "string");

const dataset: Required<Samples> = {
  type: "object",
  expected: "a dataset, such as moons({ n: 200 }), or your own { x, y }",
  required: true,
  refuse(name, value) {
    if (!isObject(value) || !("x" in value || "y" in value))
      return refusal(false, name, value, this.expected);
    const { x, y, classes } = value as { x?: unknown; y?: unknown; classes?: unknown };
    const wrong = ndarray.refuse(`${name}.x`, x) ?? ndarray.refuse(`${name}.y`, y);
    if (wrong || classes === undefined || isNames(classes)) return wrong;
    const expected = "a list of names; leave it out if y holds numbers to be fitted";
    return refusal(false, `${name}.classes`, classes, expected);
  },
};

const transform: Required<Transform> = argument(
  "object",
  "a transform with forward(image, rng), such as new RandomHorizontalFlip() or new Compose([…])",
  (x) => isObject(x) && "forward" in x && typeof x.forward === "function",
);

const ranks: Required<LoaderRanks> = argument<LoaderRanks>(
  "object",
  "{ rank, size } with rank in 0 … size − 1, such as distributed()",
  (x) => isObject(x) && "rank" in x && "size" in x,
  ({ rank, size }) => [rank, size].every(Number.isInteger) && rank >= 0 && rank < size,
);

/** Whether a transform draws random numbers. */
export const draws = (transform: Transform | null): boolean =>
  transform !== null && transform.isRandom !== false;

/** The arguments of `DataLoader`. */
export const DataLoader: Contract<{ dataset: Samples }, DataLoaderOptions> = {
  name: "DataLoader",
  positional: { dataset },
  options: {
    batchSize: optional(count(), 64),
    shuffle: flag(false),
    dropLast: flag(false),
    transform: optional(orNull(transform, "nothing is done"), null),
    ...seedOptions,
    dtype: floatType<"float64" | "float32">(),
    ranks: optional(orNull(ranks, "whole batches"), null),
  },
  refuse: ({ ranks, shuffle, transform, rng, seed }) =>
    (ranks?.size ?? 1) > 1 && (shuffle || draws(transform)) && rng === null && seed === null
      ? `without rng or seed, each of the ${ranks?.size} ranks would draw another order; pass all the same: { seed: 1 }`
      : null,
};
