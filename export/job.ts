import type { JobOptions, JobSettings } from "../compare/index.ts";
import {
  expectJobOptions,
  itemsOf,
  type JobOptimizer,
  jobOptimizers,
  modelFor,
  modelNamed,
  settleJob,
} from "../compare/internal.ts";
import { type ChannelStatistics, catalogueEntry, loadDataset, type Samples } from "../datasets/index.ts";
import type * as manual from "../manual/index.ts";
import { random, zeros } from "../np/index.ts";
import { dtypeOf, loadOptimizer, loadWeights, readStart, type Start } from "./job-start.ts";

/** What an export is made for: PyTorch trains the network, so it needs data; ONNX only runs it. */
export type ExportTarget = "pytorch" | "onnx";

/** The options of `compare` that a network and its training depend on. */
export interface ExportJobOptions extends Omit<JobOptions, "dataset" | "engine" | "steps"> {
  /** May be absent for ONNX if there is a `model`: then the network is that of the paper or the lecture. */
  readonly dataset?: string | undefined;
  /**
   * Weights: a file of `saveState`, or a checkpoint of `compare` or `train`, whose optimizer continues.
   * What is not given is as in the run of `compare`.
   */
  readonly from?: string | undefined;
}

/** A network to export. */
export interface NetworkJob {
  /** Its name in compare's table, `LeNet5`. */
  readonly name: string;
  readonly model: manual.Layer;
  /** The shape of a batch of one item, as the network gets it. */
  readonly input: readonly number[];
  /** How images in 0 … 1 are normalised before the network sees them; null if they are not. */
  readonly normalizeBy: ChannelStatistics | null;
}

/** A network, and all that its training needs: the options of `exportPyTorch`. */
export interface TrainingJob extends NetworkJob {
  readonly settings: JobSettings;
  readonly loss: manual.Loss;
  readonly optimizer: manual.Optimizer;
  readonly train: Samples;
  readonly test: Samples;
  readonly batchSize: number;
  readonly epochs: number;
  readonly seed: number;
}

/**
 * The network that `compare` trains with these options, with the same initial weights or those of
 * `from`. For PyTorch also loss, optimizer and data, in the form in which the network gets them;
 * images stay bytes.
 * @throws RangeError for an unknown name, a number outside its range, or a file that does not fit
 * the network; DataError if data is missing or damaged
 */
export function exportJob(options: ExportJobOptions, target: "pytorch"): Promise<TrainingJob>;
export function exportJob(options: ExportJobOptions, target: "onnx"): Promise<NetworkJob>;
export async function exportJob(
  options: ExportJobOptions,
  target: ExportTarget,
): Promise<NetworkJob | TrainingJob> {
  const { from, ...own } = options;
  const start = from === undefined ? null : await readStart(from);
  const { dataset, ...rest }: ExportJobOptions = { ...start?.settings, ...defined(own) };
  if (dataset === undefined) {
    if (target === "onnx" && rest.model !== undefined) return withoutData(rest.model, options, start);
    throw new RangeError(
      `export: no dataset is given; pass one, such as mnist${target === "onnx" ? ", or a model" : ""}`,
    );
  }
  const saved = start?.optimizer?.optimizer.toLowerCase();
  const given = expectJobOptions({
    ...rest,
    dataset,
    dtype: rest.dtype ?? dtypeOf(start),
    optimizer: rest.optimizer ?? saved,
  });
  const { train, test } = await loadDataset(dataset, given);
  const [name, twin] = modelFor(train, given.model);
  const settings = settleJob(given, { model: name, isPlane: train.x.ndim === 2 });
  const { dtype, lr, batchSize, epochs, seed } = settings;
  const model = twin.manual({ rng: random(seed).spawn(), dtype }, itemsOf(train));
  if (start) loadWeights(from ?? "", model, start);
  const network: NetworkJob = {
    name,
    model,
    input: twin.input(train.x.slice([0, 1])).shape,
    normalizeBy: catalogueEntry(train.name).normalizeBy ?? null,
  };
  if (target === "onnx") return network;
  const optimizer = (jobOptimizers[settings.optimizer] as JobOptimizer).build(lr).manual(model.parameters());
  if (start?.optimizer) loadOptimizer(from ?? "", optimizer, start.optimizer);
  if (options.lr !== undefined) for (const group of optimizer.groups) group.lr = lr;
  const prepared = ({ x, y }: Samples): Samples => ({ x: twin.input(x), y: twin.target(y, dtype) });
  const data = { train: prepared(train), test: prepared(test) };
  return { ...network, ...data, settings, loss: twin.loss().manual, optimizer, batchSize, epochs, seed };
}

/** Drops options that were not given, so that they do not hide another value. */
function defined(options: ExportJobOptions): ExportJobOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** The network as the paper or the lecture has it, for data of its own kind. */
function withoutData(
  model: string,
  { dtype, seed, from }: ExportJobOptions,
  start: Start | null,
): NetworkJob {
  const [name, twin] = modelNamed(model);
  const given = expectJobOptions({ dataset: "moons", dtype: dtype ?? dtypeOf(start), seed });
  const settings = settleJob(given, { model: name, isPlane: false });
  const built = twin.manual({ rng: random(settings.seed).spawn(), dtype: settings.dtype }, twin.made);
  if (start) loadWeights(from ?? "", built, start);
  const { shape } = twin.input(zeros([1, ...twin.made.shape]));
  return { name, model: built, input: shape, normalizeBy: null };
}
