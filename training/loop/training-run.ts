import type { StateDict } from "../../contracts/index.ts";
import { DataError, type NDArray, type RandomState } from "../../np/index.ts";
import { yieldToEventLoop } from "../../np/internal.ts";
import type { Watch } from "../debugging/training-watch.ts";
import { expectBatches } from "../metrics.ts";
import { Average, type AveragedLoss, type Averages } from "./average.ts";
import { type EpochReport, History } from "./history.ts";
import { expectSavedRun, type Progress, type SavedRun } from "./saved-run.ts";
import { restoreStreams, type Streams, streamStates, streamsOf } from "./streams.ts";
import { type Batch, isResumable, type LoopOptions, type Stateful } from "./train-options.ts";

interface Trained {
  stateDict(): StateDict;
  loadStateDict(state: StateDict): void;
}

/** The shared part of both sides' `train`: the bookkeeping around forward, backward and step. */
export class TrainingRun {
  readonly #model: Trained;
  readonly #loader: AsyncIterable<Batch>;
  readonly #options: LoopOptions;
  readonly #watch: Watch;
  readonly #streams: Streams;
  readonly #epochs: EpochReport[] = [];
  #average = new Average();
  #step = 0;
  #resumed = false;
  #started = 0;
  #lr: number | null = null;
  #beforeStep: Record<string, RandomState> = {};

  private constructor(model: Trained, loader: AsyncIterable<Batch>, options: LoopOptions, watch: Watch) {
    watch.stop(); // until there are batches
    this.#watch = watch;
    this.#model = model;
    this.#loader = loader;
    this.#options = options;
    const others = Object.entries(options.checkpoint?.rngs ?? {});
    this.#streams = new Map([
      ...[...streamsOf(model)].map(([name, rng]) => [`model.${name}`, rng] as const),
      ...others.map(([name, rng]) => [`rngs.${name}`, rng] as const),
    ]);
  }

  /** Checks the options and, if a checkpoint exists, resumes from it. */
  static async start(
    model: Trained,
    loader: AsyncIterable<Batch>,
    options: LoopOptions,
    watch: Watch,
  ): Promise<TrainingRun> {
    const run = new TrainingRun(model, loader, options, watch);
    if (options.checkpoint) {
      run.#savedParts(); // fails before training if a part cannot be saved
      const saved = await options.checkpoint.load<object>();
      if (saved !== null) run.#restore(expectSavedRun(`train: ${options.checkpoint.path}`, saved));
    }
    return run;
  }

  /** Whether an epoch, or the rest of one, is still to be trained. */
  get goesOn(): boolean {
    const { epochs = 1, earlyStopping } = this.#options;
    return this.#epochs.length < epochs && !earlyStopping?.stops;
  }

  /** The remaining batches of this epoch. */
  async *batches(): AsyncGenerator<Batch, void, undefined> {
    this.#started = performance.now();
    if (!this.#resumed) [this.#average, this.#step] = [new Average(), 0];
    this.#resumed = false;
    this.#watch.start();
    try {
      for await (const batch of this.#loader) {
        this.#beforeStep = streamStates(this.#streams);
        yield batch;
        await yieldToEventLoop();
      }
    } finally {
      this.#watch.stop(); // also when the consuming loop throws
    }
    expectBatches(this.#step, this.#epochs.length + 1);
  }

  /**
   * Creates the error for a non-finite loss or gradient. `find` runs the batch again, with the same
   * random masks, and describes where it began.
   */
  notFinite(loss: number, find: () => string): RangeError {
    const what = Number.isFinite(loss) ? "a gradient is not finite" : `the loss is ${loss}`;
    const place = `step ${this.#step + 1} of epoch ${this.#epochs.length + 1}`;
    restoreStreams("train", this.#streams, this.#beforeStep);
    return new RangeError(`train: ${what} at ${place}. ${find()}`);
  }

  /** Counts a step; moves the schedule and writes a checkpoint where these are due. */
  async stepped(loss: AveragedLoss, value: number, prediction: NDArray, target: NDArray): Promise<void> {
    const { optimizer, schedule, scheduleEvery, checkpoint } = this.#options;
    this.#average.add(loss, value, prediction, target);
    this.#step += 1;
    this.#lr = optimizer.groups?.[0]?.lr ?? null;
    if (scheduleEvery === "step") schedule?.step(value);
    const isDue = checkpoint?.everySteps && this.#step % checkpoint.everySteps === 0;
    // After an epoch's last batch, validation is still to come, and a checkpoint follows it.
    if (isDue && isResumable(this.#loader) && this.#loader.state.batch > 0)
      await checkpoint.save(this.#snapshot());
  }

  /**
   * Closes the epoch: makes the report, updates early stopping, the best model and the schedule,
   * and writes a checkpoint.
   */
  async finishEpoch(validation: Averages | undefined): Promise<void> {
    const {
      schedule,
      scheduleEvery = "epoch",
      earlyStopping,
      bestModel,
      checkpoint,
      onEpoch,
    } = this.#options;
    const train = this.#average.result();
    const report: EpochReport = {
      epoch: this.#epochs.length + 1,
      trainLoss: train.loss,
      trainAccuracy: train.accuracy,
      validationLoss: validation?.loss ?? null,
      validationAccuracy: validation?.accuracy ?? null,
      lr: this.#lr,
      seconds: (performance.now() - this.#started) / 1000,
    };
    this.#epochs.push(report);
    this.#watch.endEpoch();
    earlyStopping?.observe(report);
    bestModel?.observe(report, this.#model);
    if (scheduleEvery === "epoch") schedule?.step(validation?.loss ?? train.loss);
    [this.#average, this.#step] = [new Average(), 0];
    await onEpoch?.(report);
    const isDue = checkpoint && (report.epoch % checkpoint.everyEpochs === 0 || !this.goesOn);
    if (isDue) await checkpoint.save(this.#snapshot());
  }

  /** Restores the best weights and returns the history. */
  finish(): History {
    const { earlyStopping, bestModel } = this.#options;
    bestModel?.restore(this.#model);
    const stoppedBy = earlyStopping?.stops ? "earlyStopping" : "epochs";
    return new History(this.#epochs, stoppedBy, bestModel?.epoch ?? this.#epochs.length);
  }

  #snapshot(): SavedRun {
    const progress: Progress = { epochs: this.#epochs, step: this.#step, average: this.#average.state };
    const parts = Object.entries(this.#savedParts()).map(([name, part]) => [name, part.stateDict()]);
    return { ...Object.fromEntries(parts), streams: streamStates(this.#streams), progress };
  }

  #restore({ streams, progress, ...states }: SavedRun): void {
    const parts = this.#savedParts();
    const wrong = [
      ...Object.keys(parts)
        .filter((name) => !(name in states))
        .map((name) => `it has no ${name}`),
      ...Object.keys(states)
        .filter((name) => !(name in parts))
        .map((name) => `it has a ${name}, but this run has none`),
    ];
    const path = this.#options.checkpoint?.path;
    if (wrong.length > 0)
      throw new RangeError(
        `train: ${path} was written by another run: ${wrong.join("; ")}; pass the options of that run`,
      );
    for (const [name, part] of Object.entries(parts))
      restorePart(`train: ${path}`, name, part, states[name] ?? {});
    restoreStreams(`train: ${path}`, this.#streams, streams);
    this.#epochs.push(...progress.epochs);
    [this.#step, this.#average] = [progress.step, new Average(progress.average)];
    this.#resumed = progress.step > 0;
  }

  /** Everything with a state, by its name in the file. @throws TypeError for a part without one */
  #savedParts(): Record<string, Stateful> {
    const { optimizer, schedule, earlyStopping, bestModel, validation } = this.#options;
    const parts = { model: this.#model, optimizer, schedule, earlyStopping, bestModel };
    const found = Object.entries(parts).flatMap(([name, part]): [string, Stateful][] => {
      if (!part) return [];
      if ("stateDict" in part && "loadStateDict" in part) return [[name, part as Stateful]];
      throw new TypeError(
        `train: the ${name} cannot be saved: a checkpoint needs its stateDict() and loadStateDict(state)`,
      );
    });
    const loaders = { loader: this.#loader, validation };
    for (const [name, loader] of Object.entries(loaders))
      if (loader) found.push([name, resumable(name, loader)]);
    return Object.fromEntries(found);
  }
}

/** @throws DataError for a state of another kind, RangeError for one of another run; both name the file */
function restorePart(where: string, name: string, part: Stateful, state: object): void {
  try {
    part.loadStateDict(state);
  } catch (error) {
    const Kind = error instanceof TypeError ? DataError : RangeError;
    if (!(error instanceof TypeError) && !(error instanceof RangeError)) throw error;
    throw new Kind(`${where}: the ${name} does not take its state back: ${error.message}`, { cause: error });
  }
}

function resumable(name: string, loader: object): Stateful {
  if (!isResumable(loader)) {
    throw new TypeError(
      `train: the ${name}'s place in the data cannot be saved; pass a DataLoader, or forward its state and loadState(state) from your wrapper`,
    );
  }
  return {
    stateDict: () => loader.state,
    loadStateDict: (state) => loader.loadState(state),
  };
}
