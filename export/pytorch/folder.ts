import { Module } from "../../autograd/index.ts";
import type { StateDict } from "../../contracts/index.ts";
import type { ChannelStatistics, Samples } from "../../datasets/index.ts";
import { Layer } from "../../manual/index.ts";
import { formatShape, type NDArray } from "../../np/index.ts";
import {
  argument,
  type Contract,
  count,
  expectArgument,
  having,
  integer,
  listWith,
  ndarray,
  number,
  objectWith,
  optional,
  orNull,
  settle,
  shape,
  text,
} from "../../np/internal.ts";
import { encodeSafetensors } from "../../training/index.ts";
import type { AnyNetwork } from "../trace/traced.ts";
import { type AnyLoss, lossSource, whyNoTorchLoss } from "./loss-source.ts";
import { type AnyOptimizer, namesOf, optimizerSource, whyNoTorchOptimizer } from "./optimizer-source.ts";
import { torchState } from "./optimizer-state.ts";
import { readmeSource } from "./readme.ts";
import { toPyTorch } from "./to-pytorch.ts";
import { trainSource } from "./train-source.ts";
import { expectRoom, writeFolder } from "./write-folder.ts";

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

const contract: Contract<Needed, Omit<ExportPyTorchOptions, keyof Needed>> = {
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

/**
 * Writes a folder in which PyTorch goes on with the training: `model.py` and `train.py`, weights,
 * the optimizer's state and the data, and `README.md` with the commands. `python train.py` runs it
 * on one process, `torchrun` on several, which divide each batch among them. Its result,
 * `trained.safetensors`, is read by `loadState`. All files are written or none; those of an earlier
 * export are replaced.
 * @throws RangeError for a folder that holds something else, and for what PyTorch has no counterpart
 * of, before anything is written
 */
export async function exportPyTorch(
  folder: string,
  options: ExportPyTorchOptions,
): Promise<readonly string[]> {
  const where = "exportPyTorch";
  expectArgument(where, "options", objectWith("{ model, loss, optimizer, train }", {}), options);
  const { model, loss, optimizer, train, ...rest } = options;
  const given = settle(contract, { folder, model, loss, optimizer, train }, rest);
  const { test } = given;
  const problems = [
    whyNoTorchLoss(loss, train),
    whyNoTorchOptimizer(model, optimizer),
    ...[train, test].map((data) => data && whyNoData(data === train ? "train" : "test", data, train)),
  ].filter((problem) => problem !== null);
  if (problems.length > 0)
    throw new RangeError(`${where}: this cannot be exported:\n  ${problems.join("\n  ")}`);
  expectRoom(folder);
  const { source, weights } = toPyTorch(model, given.input ?? [1, ...train.x.shape.slice(1)]);
  const state = torchState(optimizer.stateDict(), namesOf(model, optimizer) as string[]);
  const isFloat32 = Object.values(model.stateDict())[0]?.dtype === "float32";
  const isOwnTarget = train.x === train.y;
  const files = {
    "README.md": readmeSource(model.constructor.name),
    "model.py": source,
    "weights.safetensors": weights,
    "optimizer.safetensors": encodeSafetensors(state, {
      format: "pt",
      optimizer: optimizer.constructor.name,
    }),
    "data.safetensors": encodeSafetensors(dataOf(train, test, isOwnTarget), { format: "pt" }),
    "train.py": trainSource({
      ...given,
      optimizer: optimizerSource(model, optimizer),
      loss: lossSource(loss, train),
      dtype: isFloat32 ? "float32" : "float64",
      inputs: kindOf(train.x, source),
      hasTest: test !== null,
      isOwnTarget,
    }),
  };
  await writeFolder(folder, files);
  return Object.keys(files);
}

/** Why this data cannot be used; null if it can. */
function whyNoData(name: string, { x, y }: Samples, train: Samples): string | null {
  const [rows, targets] = [x.shape[0] ?? 0, y.shape[0] ?? 0];
  if (rows === 0 || rows !== targets)
    return `${name} has ${rows} inputs and ${targets} targets; expected one row of x and one of y for every item`;
  const item = (array: NDArray): string => `${array.dtype} ${formatShape(array.shape.slice(1))}`;
  for (const [key, own, others] of [
    ["x", x, train.x],
    ["y", y, train.y],
  ] as const)
    if (item(own) !== item(others))
      return `${name}.${key} has items ${item(own)}, but train.${key} ${item(others)}`;
  return null;
}

function dataOf(train: Samples, test: Samples | null, isOwnTarget: boolean): StateDict {
  const named = (name: string, { x, y }: Samples): StateDict =>
    isOwnTarget ? { [`${name}.x`]: x } : { [`${name}.x`]: x, [`${name}.y`]: y };
  return { ...named("train", train), ...(test ? named("test", test) : {}) };
}

function kindOf(x: NDArray, source: string): "bytes" | "floats" | "indices" {
  if (x.dtype === "int32" && source.includes("nn.Embedding(")) return "indices";
  return x.dtype === "uint8" ? "bytes" : "floats";
}
