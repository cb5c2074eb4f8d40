/**
 * A small training job that can be killed at any moment, run as a process of its own:
 * node job.js chalk|tape PATH [KILL]. It prints a line after every step, and at its end the final weights, to the last bit. KILL, a
 * place in the writing of the file and how often it is passed first, makes it kill itself there.
 */
import fs from "node:fs/promises";
import * as autograd from "chalk-and-tape/autograd";
import { blobs, DataLoader, splitDataset } from "chalk-and-tape/datasets";
import * as manual from "chalk-and-tape/manual";
import { type NDArray, type Random, random } from "chalk-and-tape/np";
import {
  BestModel,
  Checkpoint,
  EarlyStopping,
  type History,
  type Schedule,
  type ScheduledOptimizer,
} from "chalk-and-tape/training";

export type SideName = "chalk" | "tape";

/** lr falls at every step, by a counter of its own. */
class Decay {
  readonly optimizer: { readonly groups: readonly { lr: number }[] };
  #steps = 0;
  constructor(optimizer: { readonly groups: readonly { lr: number }[] }) {
    this.optimizer = optimizer;
  }
  step(): void {
    this.#steps += 1;
    for (const group of this.optimizer.groups) group.lr = 0.02 / Math.sqrt(1 + this.#steps);
  }
  stateDict(): { steps: number } {
    return { steps: this.#steps };
  }
  loadStateDict({ steps }: { steps: number }): void {
    this.#steps = steps;
  }
}

export interface JobResult {
  readonly weights: string;
  readonly history: History;
}

export interface JobOptions {
  readonly path?: string;
  /** Called after every step; may throw to end the job there. */
  readonly onStep?: () => void;
  /** Changes what is saved or loaded: to leave a piece out. */
  readonly checkpoint?: (path: string, rngs: Record<string, Random>) => Checkpoint;
  readonly epochs?: number;
  /** The schedule, instead of `Decay`. */
  readonly schedule?: (optimizer: ScheduledOptimizer) => Schedule;
}

/** The job itself. Everything that it draws from is built anew from seeds, as in a process that starts over. */
export async function runJob(side: SideName, options: JobOptions = {}): Promise<JobResult> {
  const { path, onStep, epochs = 6, schedule = (optimizer) => new Decay(optimizer) } = options;
  const [init, masks, jitter] = [random(1), random(2), random(3)];
  const { train, validation } = splitDataset(blobs({ n: 50, seed: 4 }), 0.2, random(5));
  const noise = { jitter };
  const make =
    options.checkpoint ?? ((file, rngs) => new Checkpoint(file, { everySteps: 1, resume: true, rngs }));
  const shared = {
    epochs,
    validation: new DataLoader(validation, { batchSize: 4, shuffle: true, seed: 8 }),
    scheduleEvery: "step" as const,
    // Turned round, so that the first epoch stays the best, and the fourth is the last.
    earlyStopping: new EarlyStopping({ monitor: "trainLoss", mode: "max", patience: 3 }),
    bestModel: new BestModel({ monitor: "trainLoss", mode: "max" }),
    checkpoint: path ? make(path, noise) : undefined,
  };
  // The last batch of an epoch is smaller. Every batch is moved a little by a stream that neither model nor loader holds.
  const inner = new DataLoader(train, { batchSize: 12, shuffle: true, seed: 6 });
  const loader = {
    get state() {
      return inner.state;
    },
    loadState: (state: typeof inner.state) => inner.loadState(state),
    async *[Symbol.asyncIterator]() {
      for await (const { x, y } of inner) {
        yield { x: x.add(jitter.normal(0, 0.1, x.shape)), y };
        onStep?.();
      }
    },
  };
  if (side === "chalk") {
    const model = new manual.Sequential(
      new manual.Linear(2, 8, { rng: init }),
      new manual.BatchNorm1d(8),
      new manual.ReLU(),
      new manual.Dropout(0.3, { rng: masks }),
      new manual.Linear(8, 3, { rng: init }),
    );
    const optimizer = new manual.Adam(model.parameters(), { lr: 0.02 });
    const loss = new manual.CrossEntropyLoss();
    const history = await manual.train(model, loader, {
      ...shared,
      loss,
      optimizer,
      schedule: schedule(optimizer),
    });
    return { weights: bits(model.stateDict()), history };
  }
  const model = new autograd.Sequential(
    new autograd.Linear(2, 8, { rng: init }),
    new autograd.BatchNorm1d(8),
    new autograd.ReLU(),
    new autograd.Dropout(0.3, { rng: masks }),
    new autograd.Linear(8, 3, { rng: init }),
  );
  const optimizer = new autograd.Adam(model.parameters(), { lr: 0.02 });
  const loss = new autograd.CrossEntropyLoss();
  const history = await autograd.train(model, loader, {
    ...shared,
    loss,
    optimizer,
    schedule: schedule(optimizer),
  });
  return { weights: bits(model.stateDict()), history };
}

/** Every array to the last bit. */
export function bits(state: Readonly<Record<string, NDArray>>): string {
  return Object.entries(state)
    .map(([key, x]) => {
      const { buffer, byteOffset, byteLength } = x.copy().flat();
      return `${key}=${Buffer.from(buffer, byteOffset, byteLength).toString("hex")}`;
    })
    .join(" ");
}

/** What a run leaves behind, except how long it took. */
export function trace({ weights, history }: JobResult): string {
  const epochs = history.epochs.map(({ seconds: _, ...report }) => report);
  return JSON.stringify([weights, epochs, history.stoppedBy, history.keptEpoch]);
}

/** Kills this process at a place of the writing of a file: before, in the middle of and after the data, before and after the rename. */
function killAt(place: string, after: number): void {
  let left = after;
  const die = (here: string): void => {
    if (here === place && left-- === 0) process.kill(process.pid, "SIGKILL");
  };
  const { open, rename } = fs;
  fs.open = (async (path: string, flags: string) => {
    const file = await open(path, flags);
    if (flags === "r") return file;
    die("opened");
    const { writeFile } = file;
    file.writeFile = (async (bytes: Uint8Array) => {
      if (place === "half" && left === 0) await writeFile.call(file, bytes.subarray(0, bytes.length / 2));
      die("half");
      await writeFile.call(file, bytes);
      die("written");
    }) as typeof writeFile;
    return file;
  }) as unknown as typeof open;
  fs.rename = async (from, to) => {
    die("beforeRename");
    await rename(from, to);
    die("renamed");
  };
}

if (process.argv[1]?.endsWith("job.js")) {
  const [, , side, path, place, after] = process.argv;
  if (place) killAt(place, Number(after));
  const result = await runJob(side as SideName, { path, onStep: () => process.stdout.write("step\n") });
  console.log(trace(result));
}
