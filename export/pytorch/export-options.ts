import { Module } from "../../autograd/index.ts";
import type { ChannelStatistics, Samples } from "../../datasets/index.ts";
import { Layer } from "../../manual/index.ts";
import type { NDArray } from "../../np/index.ts";
import {
  argument,
  type Contract,
  count,
  having,
  integer,
  listWith,
  ndarray,
  number,
  objectWith,
  optional,
  orNull,
  shape,
  text,
} from "../../np/internal.ts";
import type { AnyNetwork } from "../trace/traced.ts";
import type { AnyLoss } from "./loss-source.ts";
import type { AnyOptimizer } from "./optimizer-source.ts";

export interface ExportPyTorchOptions {
  readonly model: AnyNetwork;
  /** A batch as the network gets it, or its shape; default: the first item of `train.x`. */
  readonly input?: readonly number[] | NDArray | null;
  readonly loss: AnyLoss;
  readonly optimizer: AnyOptimizer;
  /** Inputs in the shape that the network takes, with their targets; bytes stay bytes, and become 0 … 1 in train.py. */
  readonly train: Samples;
  /** Measured after every epoch; default null: nothing is. */
  readonly test?: Samples | null;
  /** Mean and standard deviation of each channel, for images; default null: inputs are not normalised. */
  readonly normalizeBy?: ChannelStatistics | null;
  /** Items in a batch, over all ranks; default 64. */
  readonly batchSize?: number;
  /** Default 3. */
  readonly epochs?: number;
  /** Seeds the order of the items and dropout; default 0. */
  readonly seed?: number;
}

/** The arguments that have no default. */
type Needed = Pick<ExportPyTorchOptions, "model" | "loss" | "optimizer" | "train"> & {
  readonly folder: string;
};

const samples = objectWith<Samples>("{ x, y }, two arrays", { x: ndarray, y: ndarray });
const networks = argument<AnyNetwork>(
  "object",
  "a network of either side, such as new Mlp()",
  (x) => x instanceof Layer || x instanceof Module,
);
const inputs = argument<readonly number[] | NDArray>(
  "array",
  "a batch or its shape, such as [1, 784]",
  (x) => ndarray.refuse("input", x) === null || shape.refuse("input", x) === null,
);
const statistics = objectWith<ChannelStatistics>("{ mean, std } of the channels", {
  mean: listWith("a list of numbers", number()),
  std: listWith("a list of numbers", number()),
});

/** The arguments of `exportPyTorch`; those without a default count as given by position. */
export const exportContract: Contract<Needed, Omit<ExportPyTorchOptions, keyof Needed>> = {
  name: "exportPyTorch",
  positional: {
    folder: text,
    model: networks,
    loss: having<AnyLoss>("a loss, such as new CrossEntropyLoss()", "forward"),
    optimizer: having<AnyOptimizer>(
      "an optimizer, such as new Adam(model.parameters())",
      "step",
      "stateDict",
    ),
    train: samples,
  },
  options: {
    input: optional(orNull(inputs), null),
    test: optional(orNull(samples), null),
    normalizeBy: optional(orNull(statistics), null),
    batchSize: optional(count(), 64),
    epochs: optional(count(), 3),
    seed: optional(integer({ least: 0, most: 2 ** 32 - 1 }), 0),
  },
};
