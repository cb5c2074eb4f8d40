import type * as autograd from "../../autograd/index.ts";
import { DataLoader, type Dataset, loadDataset } from "../../datasets/index.ts";
import type * as manual from "../../manual/index.ts";
import { engine, engineNames, type NDArray, random, useEngine } from "../../np/index.ts";
import { unknownName } from "../../np/internal.ts";
import { batches, inputOf } from "./batches.ts";
import { type CompareOptions, type CompareOutcome, compare, type EpochRecord } from "./compare.ts";
import { modelFor, modelNamed } from "./models.ts";
import { type JobOptimizer, jobOptimizers } from "./optimizers.ts";
import { itemsOf } from "./twin-model.ts";

/** What `chalk-and-tape compare` takes on the command line. */
export interface JobOptions {
  readonly dataset: string;
  /** Default: the lecture's network for this kind of data. */
  readonly model?: string | undefined;
  /** Default 3; toy sets 20. */
  readonly epochs?: number | undefined;
  /** Default 64; toy sets 32. */
  readonly batchSize?: number | undefined;
  /** Default: what suits the optimizer, for Adam 1e-3; toy sets 1e-2. */
  readonly lr?: number | undefined;
  /** Any of `jobOptimizers`, "adam" (default) or "sgd". */
  readonly optimizer?: string | undefined;
  /** "float64" (default) or "float32". */
  readonly dtype?: string | undefined;
  /** Who computes: "auto", "js" or "blas"; default: as CHALK_ENGINE says, else "auto". */
  readonly engine?: string | undefined;
  /** Of data, weights and order; default 0. */
  readonly seed?: number | undefined;
  /** At most so many items to train and to test with. */
  readonly limit?: number | undefined;
  /** Stop after so many batches, and test with no more; default: `epochs` times all. */
  readonly steps?: number | undefined;
  /** The data root of datasets that are files. */
  readonly root?: string | undefined;
}

/** What a job was, with all defaults filled in: enough to repeat it. */
export interface JobSettings {
  readonly dataset: string;
  readonly model: string;
  readonly epochs: number;
  readonly batchSize: number;
  readonly lr: number;
  readonly optimizer: string;
  readonly dtype: "float64" | "float32";
  readonly seed: number;
  readonly limit?: number | undefined;
  readonly steps?: number | undefined;
}

/** The JSON document of one comparison. */
export interface CompareResult {
  readonly dataset: string;
  readonly model: string;
  readonly parameters: number;
  readonly dtype: string;
  readonly engine: string;
  readonly seed: number;
  readonly epochs: readonly EpochRecord[];
  readonly agree: boolean;
}

export interface JobOutcome extends Omit<CompareOutcome, "epochs" | "agree"> {
  readonly result: CompareResult;
  readonly settings: JobSettings;
  /** The trained network, in chalk and on tape. */
  readonly models: { readonly manual: manual.Layer; readonly autograd: autograd.Module };
  readonly train: Dataset;
  readonly test: Dataset;
  /** What the networks are fed of a batch of items in 0 … 1. */
  readonly input: (x: NDArray) => NDArray;
}

export interface JobEvents extends Pick<CompareOptions, "onStep" | "onEpoch"> {
  /** Before the first step, when the data is there and both sides are built. */
  readonly onStart?: (
    settings: JobSettings & { readonly parameters: number; readonly items: number },
  ) => void;
}

function choose<Name extends string>(what: string, given: string, known: readonly Name[]): Name {
  const found = known.find((name) => name === given.toLowerCase());
  if (found) return found;
  throw unknownName(what, given, known);
}

/** Two dimensions want fewer items at a time, larger steps and more epochs. */
function settle(options: JobOptions, model: string, isToy: boolean): JobSettings {
  const optimizer = choose("optimizer", options.optimizer ?? "adam", Object.keys(jobOptimizers));
  const { lr, lrInThePlane } = jobOptimizers[optimizer] as JobOptimizer;
  return {
    dataset: options.dataset,
    model,
    epochs: options.epochs ?? (isToy ? 20 : 3),
    batchSize: options.batchSize ?? (isToy ? 32 : 64),
    lr: options.lr ?? (isToy ? lrInThePlane : lr),
    optimizer,
    dtype: choose("dtype", options.dtype ?? "float64", ["float64", "float32"]),
    seed: options.seed ?? 0,
    limit: options.limit,
    steps: options.steps,
  };
}

/**
 * Trains both sides of one network on one dataset, from the same weights on the same batches.
 * @throws RangeError for an unknown name or a number outside its range; DataError where data is missing or damaged
 */
export async function runJob(options: JobOptions, events: JobEvents = {}): Promise<JobOutcome> {
  const rng = random(options.seed ?? 0);
  const [init, order] = [rng.spawn(), rng.spawn()]; // separate streams: another batch size leaves the weights as they are
  if (options.model !== undefined) modelNamed(options.model);
  if (options.engine !== undefined) useEngine(choose("engine", options.engine, engineNames));
  settle(options, "", false); // a wrong name is said before any data is read
  const { train, test } = await loadDataset(options.dataset, options);
  const [name, model] = modelFor(train, options.model);
  const settled = settle(options, name, train.x.ndim === 2);
  const { batchSize, dtype, lr, steps } = settled;
  const loader = new DataLoader(train, { batchSize, dtype, shuffle: true, rng: order });
  const all = steps === undefined ? settled.epochs : Math.ceil(steps / loader.length);
  const settings = { ...settled, epochs: options.epochs ?? all };
  const start = init.state;
  const chalk = model.manual({ rng: init, dtype }, itemsOf(train));
  init.state = start;
  const tape = model.autograd({ rng: init, dtype }, itemsOf(train));
  const loss = model.loss();
  const input = inputOf(train.name, model);
  const target = (y: NDArray): NDArray => model.target(y, dtype);
  const held = new DataLoader(test, { batchSize: model.testBatchSize, dtype });
  const pair = (jobOptimizers[settings.optimizer] as JobOptimizer).build(lr);
  const parameters = chalk.parameters().reduce((sum, p) => sum + p.value.size, 0);
  const setup: CompareOptions = {
    manual: { model: chalk, loss: loss.manual, optimizer: pair.manual(chalk.parameters()) },
    autograd: { model: tape, loss: loss.autograd, optimizer: pair.autograd(tape.parameters()) },
    train: batches(loader, input, target),
    test: batches(held, input, target, steps),
    epochs: settings.epochs,
    steps,
    ...events,
  };
  events.onStart?.({ ...settings, parameters, items: train.x.shape[0] as number });
  const { epochs: records, agree, verdict, parity } = await compare(setup);
  const result: CompareResult = {
    dataset: settings.dataset,
    model: name,
    parameters,
    dtype,
    engine: engine().name,
    seed: settings.seed,
    epochs: records,
    agree,
  };
  return { result, settings, verdict, parity, models: { manual: chalk, autograd: tape }, train, test, input };
}
