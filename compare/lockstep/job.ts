import type * as autograd from "../../autograd/index.ts";
import { DataLoader, type Dataset, loadDataset } from "../../datasets/index.ts";
import type * as manual from "../../manual/index.ts";
import { engine, type NDArray, random, useEngine } from "../../np/index.ts";
import type { Ranks } from "../../training/index.ts";
import { batches, inputOf } from "./batches.ts";
import { type CompareOptions, type CompareOutcome, compare, type EpochRecord } from "./compare.ts";
import { expectJobOptions, type JobOptions, type JobSettings, settle } from "./job-settings.ts";
import { modelFor } from "./models.ts";
import { type JobOptimizer, jobOptimizers } from "./optimizers.ts";
import type { JobIdentity } from "./saved-comparison.ts";
import { itemsOf } from "./twin-model.ts";

/** The result of one comparison, as the JSON document of `compare --json`. */
export interface CompareResult extends Pick<JobSettings, "dataset" | "model" | "dtype" | "seed"> {
  readonly parameters: number;
  /** The engine that computed. */
  readonly engine: string;
  /** The number of processes; missing for one alone. */
  readonly ranks?: number;
  readonly epochs: readonly EpochRecord[];
  readonly agree: boolean;
}

export interface JobOutcome extends Omit<CompareOutcome, "epochs" | "agree"> {
  readonly result: CompareResult;
  readonly settings: JobSettings;
  /** The trained network on both sides. */
  readonly models: { readonly manual: manual.Layer; readonly autograd: autograd.Module };
  readonly train: Dataset;
  readonly test: Dataset;
  /** Prepares a batch of items in 0 … 1 for the networks. */
  readonly input: (x: NDArray) => NDArray;
}

export interface JobEvents extends Pick<CompareOptions, "checkpoint" | "onResume" | "onStep" | "onEpoch"> {
  /** The processes among which every batch is divided, from `distributed()`; default: this one alone. */
  readonly ranks?: Ranks;
  /** Called before the first step, when the data is loaded and both sides are built. */
  readonly onStart?: (
    settings: JobSettings & { readonly parameters: number; readonly items: number },
  ) => void;
}

/**
 * Trains both sides of one network on one dataset, from the same weights on the same batches.
 * @throws RangeError for an unknown name or a number outside its range; DataError if data is missing or damaged
 */
export async function runJob(options: JobOptions, events: JobEvents = {}): Promise<JobOutcome> {
  const given = expectJobOptions(options); // rejects a wrong value before any data is read
  if (given.engine !== undefined) useEngine(given.engine);
  const rng = random(given.seed ?? 0);
  const [init, order] = [rng.spawn(), rng.spawn()]; // separate streams: the batch size does not change the initial weights
  const { train, test } = await loadDataset(given.dataset, given);
  const [name, model] = modelFor(train, given.model);
  const settled = settle(given, { model: name, isPlane: train.x.ndim === 2 });
  const { batchSize, dtype, lr, steps } = settled;
  const { ranks = null, onStart, ...more } = events;
  const loader = new DataLoader(train, { batchSize, dtype, shuffle: true, rng: order, ranks });
  const all = steps === undefined ? settled.epochs : Math.ceil(steps / loader.length);
  const settings = { ...settled, epochs: given.epochs ?? all };
  const start = init.state;
  const chalk = model.manual({ rng: init, dtype }, itemsOf(train));
  init.state = start;
  const tape = model.autograd({ rng: init, dtype }, itemsOf(train));
  const loss = model.loss();
  const input = inputOf(train.name, model);
  const target = (y: NDArray): NDArray => model.target(y, dtype);
  const held = new DataLoader(test, { batchSize: model.testBatchSize, dtype, ranks });
  const pair = (jobOptimizers[settings.optimizer] as JobOptimizer).build(lr);
  const parameters = chalk.parameters().reduce((sum, p) => sum + p.value.size, 0);
  const setup: CompareOptions = {
    manual: { model: chalk, loss: loss.manual, optimizer: pair.manual(chalk.parameters()) },
    autograd: { model: tape, loss: loss.autograd, optimizer: pair.autograd(tape.parameters()) },
    train: batches(loader, input, target),
    test: batches(held, input, target, steps),
    epochs: settings.epochs,
    steps,
    job: identityOf(settings),
    ...more,
  };
  onStart?.({ ...settings, parameters, items: train.x.shape[0] as number });
  const { epochs: records, agree, verdict, parity } = await compare(setup);
  const result: CompareResult = {
    dataset: settings.dataset,
    model: name,
    parameters,
    dtype,
    engine: engine().name,
    seed: settings.seed,
    ...(ranks && ranks.size > 1 && { ranks: ranks.size }),
    epochs: records,
    agree,
  };
  return { result, settings, verdict, parity, models: { manual: chalk, autograd: tape }, train, test, input };
}

/** What a job's weights depend on: all settings but the data's folder, the engine, and how many epochs are wanted. */
function identityOf({ root: _, engine: __, epochs: ___, ...settings }: JobSettings): JobIdentity {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, value ?? null]));
}
