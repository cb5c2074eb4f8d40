import {
  Adam,
  CrossEntropyLoss,
  computeGradients,
  DeepMlp,
  type Module,
  type Optimizer,
  RMSprop,
  SGD,
  type Tensor,
} from "../../autograd/index.ts";
import { DataLoader, splitDataset } from "../../datasets/index.ts";
import { type NDArray, random } from "../../np/index.ts";
import {
  integer,
  listWith,
  number,
  type OptionTable,
  oneOf,
  optional,
  settleOptions,
  text,
  yieldToEventLoop,
} from "../../np/internal.ts";
import { accuracy } from "../../training/index.ts";
import { imagesOf, inFloat32 } from "../images.ts";
import type { Report } from "../study.ts";
import { outputs } from "../train-on-all.ts";

type Make = (parameters: Tensor[], lr?: number) => Optimizer;

/** momentum and Nesterov are SGD with momentum 0.9. */
export type RaceName = "SGD" | "momentum" | "Nesterov" | "RMSprop" | "Adam";

/** Without a learning rate, the library's default. */
const makers: Readonly<Record<RaceName, Make>> = {
  SGD: (parameters, lr) => new SGD(parameters, { lr }),
  momentum: (parameters, lr) => new SGD(parameters, { lr, momentum: 0.9 }),
  Nesterov: (parameters, lr) => new SGD(parameters, { lr, momentum: 0.9, nesterov: true }),
  RMSprop: (parameters, lr) => new RMSprop(parameters, { lr }),
  Adam: (parameters, lr) => new Adam(parameters, { lr }),
};

export const raceNames: readonly RaceName[] = ["SGD", "momentum", "Nesterov", "RMSprop", "Adam"];

/** Seven learning rates, the same for every optimizer. */
export const rateGrid: readonly number[] = [1e-4, 5e-4, 2e-3, 1e-2, 5e-2, 2e-1, 1];

/** One run of a race. Accuracies are shares. */
export interface Run {
  readonly optimizer: RaceName;
  /** null for the library's default. */
  readonly lr: number | null;
  /** The mean loss of each epoch's steps; shorter if the loss became NaN or infinite. */
  readonly losses: readonly number[];
  readonly validationAccuracy: number;
  readonly testAccuracy: number;
}

export interface RaceOptions {
  /** Default all: SGD, momentum, Nesterov, RMSprop, Adam. */
  readonly optimizers?: readonly RaceName[];
  /** Learning rates for each optimizer; its default is run besides. Default `rateGrid`. */
  readonly rates?: readonly number[];
  /** The data set. Default "digits". */
  readonly dataset?: string;
  /** How many images are trained on, and a quarter as many validate. Default 800. */
  readonly images?: number;
  /** How many images test. Default 1000. */
  readonly test?: number;
  /** Default 3. */
  readonly epochs?: number;
  /** Default 0. */
  readonly seed?: number;
}

const options: OptionTable<RaceOptions> = {
  optimizers: optional(listWith("a list of names", oneOf(...raceNames)), raceNames),
  rates: optional(listWith("a list of numbers", number({ above: 0 })), rateGrid),
  dataset: optional(text, "digits"),
  images: optional(integer({ least: 4 }), 800),
  test: optional(integer({ least: 1 }), 1000),
  epochs: optional(integer({ least: 1 }), 3),
  seed: optional(integer({ least: 0 }), 0),
};

/**
 * Trains the same net, 784-64-10 for digits, with each optimizer at each learning rate and at its
 * default. All runs of a seed start with the same weights and see the same batches of 32.
 * A run whose loss is no longer finite stops there, with the weights that it has.
 * @throws DataError for a data set that is not on this machine
 * @example
 * const runs = await raceOptimizers({ optimizers: ["SGD", "Adam"], rates: [0.01], images: 40, test: 20, epochs: 1 });
 * runs.map(({ optimizer, lr }) => [optimizer, lr]) // [["SGD", null], ["SGD", 0.01], ["Adam", null], ["Adam", 0.01]]
 */
export async function raceOptimizers(given: RaceOptions = {}, report?: Report): Promise<Run[]> {
  const contract = { name: "raceOptimizers", positional: {}, options };
  const { optimizers, rates, dataset, images, test, epochs, seed } = settleOptions(
    "raceOptimizers",
    contract,
    given,
  );
  const held = Math.round(images / 4);
  const data = await imagesOf({ dataset, images: images + held, test }, seed);
  const { classes } = data.train;
  const both = inFloat32(data.train);
  const { train, validation } = splitDataset(both, held / (images + held), random(seed).foldIn(0));
  const judged = inFloat32(data.test);
  const runs: Run[] = [];
  const jobs = optimizers.flatMap((optimizer) => [null, ...rates].map((lr) => ({ optimizer, lr })));
  for (const [i, { optimizer, lr }] of jobs.entries()) {
    const sizes = [train.x.shape[1] ?? 0, 64, classes.length];
    const model = new DeepMlp({ sizes, rng: random(seed).foldIn(1), dtype: "float32" });
    const loader = new DataLoader(train, { batchSize: 32, shuffle: true, rng: random(seed).foldIn(2) });
    const losses = await trainWhileFinite(
      model,
      loader,
      makers[optimizer](model.parameters(), lr ?? undefined),
      epochs,
    );
    const share = ({ x, y }: { x: NDArray; y: NDArray }): number => accuracy(outputs(model, x), y);
    runs.push({
      optimizer,
      lr,
      losses,
      validationAccuracy: share(validation),
      testAccuracy: share(judged),
    });
    report?.((i + 1) / jobs.length, `${optimizer}, lr ${lr ?? "default"}`);
  }
  return runs;
}

/** Trains until a loss is NaN or infinite, as at too large a rate, and returns each epoch's mean loss. */
async function trainWhileFinite(
  model: Module,
  loader: DataLoader,
  optimizer: Optimizer,
  epochs: number,
): Promise<number[]> {
  const criterion = new CrossEntropyLoss();
  const losses: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    let [sum, steps] = [0, 0];
    for await (const batch of loader) {
      optimizer.zeroGrad();
      const { loss } = computeGradients(model, batch, criterion);
      if (!Number.isFinite(loss)) return losses;
      optimizer.step();
      [sum, steps] = [sum + loss, steps + 1];
      await yieldToEventLoop();
    }
    losses.push(sum / steps);
  }
  return losses;
}
