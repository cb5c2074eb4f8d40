/** Small training jobs of either side, run by every rank; the tests of divided training compare them. */
import * as autograd from "chalk-and-tape/autograd";
import { blobs, DataLoader, type DataLoaderOptions, type Samples } from "chalk-and-tape/datasets";
import type { Ranks } from "chalk-and-tape/distributed";
import * as manual from "chalk-and-tape/manual";
import { array, manualSeed, NDArray, random } from "chalk-and-tape/np";
import {
  BestModel,
  Checkpoint,
  EarlyStopping,
  type EpochReport,
  OneCycleLR,
  ReduceLROnPlateau,
} from "chalk-and-tape/training";

export type SideName = "chalk" | "tape";

export interface Job {
  readonly side: SideName;
  readonly data?: "blobs" | "ignored" | "allIgnored" | "numbers" | "ones" | "halves" | "notANumber";
  readonly items?: number;
  readonly batchSize?: number;
  readonly epochs?: number;
  readonly dtype?: "float64" | "float32";
  readonly layers?: "plain" | "dropout" | "batchNorm" | "softmax" | "relu" | "dead";
  readonly loss?: "mean" | "weighted" | "sum" | "squares" | "own";
  readonly clip?: number;
  /** Noise that beforeStep adds to the weights, from a stream of the checkpoint. */
  readonly noise?: boolean;
  readonly schedule?: "step" | "plateau";
  readonly validation?: "divided" | "whole";
  readonly patience?: number;
  readonly best?: boolean;
  /** Each rank draws other weights at first. */
  readonly otherWeights?: boolean;
  readonly file?: string;
  readonly resume?: boolean;
  readonly everySteps?: number;
  /** Ends the job before this step, counted over all epochs. */
  readonly stopAt?: number;
  /** Rank 1 kills itself before this step. */
  readonly killAt?: number;
  /** Writing this file fails on rank 0. */
  readonly full?: boolean;
  /** What rank 1 does otherwise than rank 0. */
  readonly differs?: "lr" | "seed" | "model" | "checkpoint" | "validation" | "batches";
}

export interface JobResult {
  readonly error: string | null;
  readonly weights: Readonly<Record<string, readonly number[]>>;
  readonly epochs: readonly Omit<EpochReport, "seconds">[];
  readonly seconds: readonly number[];
  readonly stoppedBy: string;
  readonly kept: number;
  readonly steps: number;
  /** Before training: the weights that this rank drew itself. */
  readonly drawn: Readonly<Record<string, readonly number[]>>;
  /** The places at which dropout's mask was 0, for every forward in training. */
  readonly masks: readonly string[];
  readonly warnings: readonly string[];
  readonly saves: number;
  readonly loads: number;
  /** `evaluate` after training, of a loader divided like the one for training. */
  readonly evaluated: { readonly loss: number; readonly accuracy: number | null } | null;
  /** Where the stream of dropout stands at the end. */
  readonly stream: readonly number[] | null;
}

class Stop extends Error {}

const jobs = async (ranks: Ranks, list: readonly Job[]): Promise<JobResult[]> => {
  const results: JobResult[] = [];
  for (const job of list) results.push(await runJob(ranks, job));
  return results;
};
export default jobs;

/** The job on one rank. Everything is built anew from seeds, as in a program that starts. */
export async function runJob(ranks: Ranks, job: Job): Promise<JobResult> {
  const { side, epochs = 2, batchSize = 12, dtype = "float64", file } = job;
  const odd = ranks.rank === 1 ? job.differs : undefined;
  const room = (side === "chalk" ? manual : autograd) as typeof manual; // the same names, and both sides' calls
  const data = samples(job);
  const options: DataLoaderOptions = { ranks, dtype, batchSize: odd === "batches" ? 6 : batchSize };
  // Where the place of an item in its batch matters, the order is the data's.
  const shuffle = job.data === undefined || job.data === "blobs";
  const loader = new DataLoader(data, {
    ...options,
    shuffle,
    seed: odd === "seed" ? 99 : 6,
    transform: job.data === "notANumber" ? notANumber : null,
  });
  if (job.otherWeights) manualSeed(100 + ranks.rank);
  const rng = job.otherWeights ? undefined : random(1);
  const width = data.x.shape[1] ?? 2;
  const outputs = job.loss === "squares" || job.loss === "own" ? 1 : 3;
  const model = new room.Sequential(...layersOf(room, job, width, outputs, odd === "model", rng));
  const drawn = numbers(model.stateDict());
  const masks: string[] = [];
  const dropout = model.layers.find((layer) => layer instanceof room.Dropout);
  if (dropout) spy(dropout, masks);
  const optimizer = new room.Adam(model.parameters(), { lr: odd === "lr" ? 0.03 : 0.02 });
  const noise = random(7);
  const [saves, loads, warnings]: [number[], number[], string[]] = [[], [], []];
  class Counted extends Checkpoint {
    override async load<Saved extends object>(): Promise<Saved | null> {
      loads.push(1);
      return super.load<Saved>();
    }
    override async save(state: object): Promise<void> {
      if (job.full) throw new RangeError("no space left on device");
      saves.push(1);
      await super.save(state);
    }
  }
  const { everySteps, resume } = job;
  const checkpoint =
    file && odd !== "checkpoint" ? new Counted(file, { everySteps, resume, rngs: { noise } }) : undefined;
  const validation = new DataLoader(blobs({ n: 13, seed: 9 }), {
    batchSize: 4,
    dtype,
    ranks: job.validation === "divided" ? ranks : null,
  });
  let steps = 0;
  const beforeStep = (): void => {
    if (steps === job.stopAt) throw new Stop("stopped");
    if (steps === job.killAt && ranks.rank === 1) process.kill(process.pid, "SIGKILL");
    steps++;
    if (job.clip) room.clipGradNorm(model.parameters(), job.clip);
    const first = model.stateDict()["0.weight"];
    if (job.noise && first) first.copyFrom(first.add(noise.normal(0, 0.01, first.shape)));
  };
  const empty = {
    weights: {},
    epochs: [],
    seconds: [],
    stoppedBy: "",
    kept: 0,
    evaluated: null,
    stream: null,
  };
  const seen = (): Pick<JobResult, "drawn" | "steps" | "masks" | "warnings" | "saves" | "loads"> => ({
    drawn,
    steps,
    masks,
    warnings,
    saves: saves.length,
    loads: loads.length,
  });
  const loss = lossOf(room, job);
  try {
    const history = await room.train(model, loader, {
      loss,
      optimizer,
      epochs,
      beforeStep,
      checkpoint,
      warn: (text) => warnings.push(text),
      validation: job.validation && odd !== "validation" ? validation : undefined,
      earlyStopping: job.patience ? new EarlyStopping({ patience: job.patience }) : undefined,
      bestModel: job.best ? new BestModel({ monitor: "trainLoss", mode: "max" }) : undefined,
      scheduleEvery: job.schedule === "step" ? "step" : "epoch",
      schedule:
        job.schedule === "step"
          ? new OneCycleLR(optimizer, 0.05, { totalSteps: 60 })
          : job.schedule === "plateau"
            ? new ReduceLROnPlateau(optimizer, { patience: 0, threshold: 0.2 })
            : undefined,
    });
    const evaluated = await room.evaluate(model, new DataLoader(data, options), loss);
    return {
      ...seen(),
      error: null,
      weights: numbers(model.stateDict()),
      epochs: history.epochs.map(({ seconds: _, ...report }) => report),
      seconds: history.epochs.map(({ seconds }) => seconds),
      stoppedBy: history.stoppedBy,
      kept: history.keptEpoch,
      evaluated,
      stream: dropout ? (dropout as unknown as { rng: { state: number[] } }).rng.state : null,
    };
  } catch (error) {
    return {
      ...seen(),
      ...empty,
      error: `${(error as Error).constructor.name}: ${(error as Error).message}`,
    };
  }
}

function samples({ data = "blobs", items = 53 }: Job): Samples {
  const { x, y, classes } = blobs({ n: items, seed: 4 });
  const labels = y.copy();
  // Class 2 does not count in a weighted loss: the first three items of every batch, or a whole batch.
  if (data === "ignored") for (let i = 0; i < items; i++) if (i % 12 < 3) labels.flat()[i] = 2;
  if (data === "allIgnored") labels.flat().fill(2, 12, 24);
  if (data === "numbers") return { x, y: x.slice(null, [0, 1]).mul(3).copy() };
  if (data === "ones")
    return { x: array(Array.from({ length: items }, () => [1, 1, 1, 1, 1, 1])), y: labels, classes };
  if (data === "halves") {
    const signs = Array.from({ length: items }, (_, i) => [i % 12 < 6 ? 1 : -1, 0]);
    return { x: array(signs), y: labels, classes };
  }
  return { x, y: labels, classes };
}

/** Item 19 becomes NaN, which the data itself may not hold. */
const notANumber = {
  isRandom: false,
  forward: (item: NDArray): NDArray => (item.flat()[0] === poisoned ? item.mul(Number.NaN) : item),
};
const poisoned = blobs({ n: 53, seed: 4 }).x.item(19, 0);

type Room = typeof manual;

function layersOf(
  { Linear, ReLU, Dropout, BatchNorm1d, Softmax }: Room,
  { layers = "plain", dtype = "float64" }: Job,
  width: number,
  outputs: number,
  wider: boolean,
  rng: ReturnType<typeof random> | undefined,
): manual.Layer[] {
  const given = { rng, dtype };
  const hidden = wider ? 9 : 8;
  if (layers === "dropout") return [new Dropout(0.4, { rng: random(2) }), new Linear(width, outputs, given)];
  const first: manual.Layer = new Linear(width, hidden, given);
  const relu = new ReLU();
  const last = new Linear(hidden, outputs, given);
  const ends = [first, relu, last];
  if (layers === "batchNorm") return [first, new BatchNorm1d(hidden, { dtype }), relu, last];
  if (layers === "softmax") return [...ends, new Softmax(1)];
  if (layers === "relu" || layers === "dead") {
    // All units are 0 for positive items, the first half of every batch.
    const weight = first.stateDict().weight as NDArray;
    weight.copyFrom(array(Array.from({ length: hidden }, () => [-1, 0])));
    const bias = layers === "relu" ? 0 : -9;
    (first.stateDict().bias as NDArray).copyFrom(array(Array.from({ length: hidden }, () => bias)));
  }
  return ends;
}

function lossOf(room: Room, { loss = "mean" }: Job): manual.Loss {
  if (loss === "sum") return new room.CrossEntropyLoss({ reduction: "sum" });
  if (loss === "weighted") return new room.CrossEntropyLoss({ weight: array([1, 5, 2]), ignoreIndex: 2 });
  if (loss === "squares") return new room.MSELoss();
  if (loss === "mean") return new room.CrossEntropyLoss();
  const squares = new room.MSELoss();
  // A loss of one's own: without reduction and divisor, so that it counts by rows.
  return {
    forward: (prediction, target) => squares.forward(prediction, target),
    backward: () => squares.backward(),
  } as manual.Loss;
}

function spy(dropout: object, masks: string[]): void {
  const layer = dropout as { training: boolean; forward(x: unknown): { data?: unknown } };
  const { forward } = layer;
  layer.forward = (x) => {
    const y = forward.call(layer, x);
    const values = (y instanceof NDArray ? y : (y.data as NDArray)).flat();
    if (layer.training) masks.push([...values].map((value) => (value === 0 ? 0 : 1)).join(""));
    return y;
  };
}

function numbers(state: Readonly<Record<string, NDArray>>): Record<string, number[]> {
  return Object.fromEntries(Object.entries(state).map(([name, x]) => [name, [...x.flat()]]));
}
