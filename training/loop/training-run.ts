import type { StateDict } from "../../contracts/index.ts";
import type { NDArray, RandomState } from "../../np/index.ts";
import { yieldToEventLoop } from "../../np/internal.ts";
import type { Watch } from "../debugging/training-watch.ts";
import { expectBatches } from "../metrics.ts";
import { Average, type AveragedLoss, type AverageState, type Averages, divisorOf } from "./average.ts";
import { averageGradients, type GradientSlot } from "./average-gradients.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { loadForAll, saveForAll } from "./checkpoint-of-ranks.ts";
import { deadOn, reportOfRankZero } from "./epoch-of-ranks.ts";
import { foundByRanks } from "./found-by-ranks.ts";
import { broadcastArrays, broadcastBuffers } from "./from-rank-zero.ts";
import { type EpochReport, History } from "./history.ts";
import { RankStreams } from "./rank-streams.ts";
import { type Ranks, ranksOf, rowsOf } from "./ranks.ts";
import { expectSameProgram } from "./same-program.ts";
import { restoreParts, savedParts } from "./saved-parts.ts";
import { expectSavedRun, type Progress, type SavedRun } from "./saved-run.ts";
import { restoreStreams, type Streams, streamStates, streamsOf } from "./streams.ts";
import { type Batch, isResumable, type LoopOptions, type Stateful } from "./train-options.ts";

interface Trained {
  stateDict(): StateDict;
  loadStateDict(state: StateDict): void;
}

/** What is trained: a model, its parameters as they are now, and the loader of its batches. */
export interface Training {
  readonly model: Trained;
  readonly parameters: readonly GradientSlot[];
  readonly loader: AsyncIterable<Batch>;
}

/**
 * The shared part of both sides' `train`: the bookkeeping around forward, backward and step. Where
 * the loader divides its batches among ranks, what they must have in common is exchanged here.
 */
export class TrainingRun {
  readonly #model: Trained;
  readonly #parameters: readonly GradientSlot[];
  readonly #loader: AsyncIterable<Batch>;
  readonly #options: LoopOptions;
  readonly #watch: Watch;
  readonly #streams: Streams;
  readonly #ranks: Ranks | null;
  #rankStreams: RankStreams | null = null;
  readonly #epochs: EpochReport[] = [];
  #average = new Average();
  #step = 0;
  #resumed = false;
  #started = 0;
  #lr: number | null = null;
  #beforeStep: Record<string, RandomState> = {};
  /** This rank's part of the last batch; `divisor` is that of its loss. */
  #part: { rows: number; divisor: number | null } = { rows: 0, divisor: null };

  private constructor({ model, parameters, loader }: Training, options: LoopOptions, watch: Watch) {
    watch.stop(); // until there are batches
    this.#watch = watch;
    this.#model = model;
    this.#parameters = parameters;
    this.#loader = loader;
    this.#ranks = ranksOf(loader);
    this.#options = options;
    const others = Object.entries(options.checkpoint?.rngs ?? {});
    this.#streams = new Map([
      ...[...streamsOf(model)].map(([name, rng]) => [`model.${name}`, rng] as const),
      ...others.map(([name, rng]) => [`rngs.${name}`, rng] as const),
    ]);
  }

  /**
   * Checks the options and, if a checkpoint exists, resumes from it. All ranks then have the weights,
   * buffers and streams of rank 0.
   */
  static async start(training: Training, options: LoopOptions, watch: Watch): Promise<TrainingRun> {
    const run = new TrainingRun(training, options, watch);
    const { checkpoint, validation } = options;
    expectDividedToo(run.#ranks, validation);
    if (run.#ranks) expectSameProgram(run.#ranks, training.model, training.loader, options);
    if (checkpoint) {
      savedParts(training.model, training.loader, options); // fails before training if a part cannot be saved
      const saved = await loadForAll(run.#ranks, checkpoint);
      if (saved !== null) run.#restore(expectSavedRun(`train: ${checkpoint.path}`, saved));
    }
    if (run.#ranks) {
      broadcastArrays(run.#ranks, Object.values(training.model.stateDict()));
      run.#rankStreams = new RankStreams(run.#ranks, run.#streams);
    }
    return run;
  }

  /** Whether an epoch, or the rest of one, is still to be trained. */
  get goesOn(): boolean {
    const { epochs = 1, earlyStopping } = this.#options;
    return this.#epochs.length < epochs && !earlyStopping?.stops;
  }

  get #place(): { readonly epoch: number; readonly step: number } {
    return { epoch: this.#epochs.length, step: this.#step };
  }

  /** The remaining batches of this epoch; with ranks, this rank's parts of them. */
  async *batches(): AsyncGenerator<Batch, void, undefined> {
    this.#started = performance.now();
    if (!this.#resumed) [this.#average, this.#step] = [new Average(), 0];
    this.#resumed = false;
    this.#rankStreams?.part(this.#place);
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
   * Computes the gradients of a batch and returns its loss. With ranks, each computes those of its
   * part, if it has one; then all exchange them, and have the gradients and the loss of the whole batch.
   */
  gradientsOf(
    batch: Batch,
    loss: AveragedLoss,
    compute: () => { readonly loss: number; readonly prediction: NDArray },
  ): number {
    const rows = rowsOf(batch);
    const isEmptyPart = this.#ranks !== null && rows === 0;
    const computed = isEmptyPart ? null : compute();
    this.#part = { rows, divisor: computed ? divisorOf(loss, rows) : 0 };
    if (computed) this.#average.add(loss, computed.loss, computed.prediction, batch.y);
    const value = computed?.loss ?? 0;
    if (!this.#ranks) return value;
    this.#rankStreams?.share(this.#place);
    return averageGradients(this.#ranks, this.#parameters, { loss, value, rows });
  }

  /**
   * Creates the error for a non-finite loss or gradient, with the same message on every rank. `find`
   * runs the batch again, with the same random masks, and describes where it began.
   */
  notFinite(loss: number, find: () => string): RangeError {
    const what = Number.isFinite(loss) ? "a gradient is not finite" : `the loss is ${loss}`;
    const place = `step ${this.#step + 1} of epoch ${this.#epochs.length + 1}`;
    restoreStreams("train", this.#streams, this.#beforeStep);
    const found = this.#ranks ? foundByRanks(this.#ranks, this.#part, find) : find();
    return new RangeError(`train: ${what} at ${place}. ${found}`);
  }

  /** Counts a step with this loss; moves the schedule and writes a checkpoint where these are due. */
  async stepped(value: number): Promise<void> {
    const { optimizer, schedule, scheduleEvery, checkpoint } = this.#options;
    this.#step += 1;
    this.#lr = optimizer.groups?.[0]?.lr ?? null;
    if (scheduleEvery === "step") schedule?.step(value);
    const isDue = checkpoint?.everySteps && this.#step % checkpoint.everySteps === 0;
    // After an epoch's last batch, validation is still to come, and a checkpoint follows it.
    if (isDue && isResumable(this.#loader) && this.#loader.state.batch > 0) {
      this.#shareBuffers();
      await this.#save(checkpoint);
    }
    this.#rankStreams?.part(this.#place);
  }

  /**
   * Closes the epoch: evaluates, makes the report, updates early stopping, the best model and the
   * schedule, and writes a checkpoint. All ranks go by the numbers of rank 0.
   */
  async finishEpoch(evaluate: (validation: AsyncIterable<Batch>) => Promise<Averages>): Promise<void> {
    const {
      schedule,
      scheduleEvery = "epoch",
      validation: loader,
      earlyStopping,
      bestModel,
      checkpoint,
      onEpoch,
    } = this.#options;
    this.#rankStreams?.share(this.#place);
    this.#shareBuffers();
    const validation = loader && (await evaluate(loader));
    const train = this.#average.result(this.#ranks);
    const report = reportOfRankZero(this.#ranks, {
      epoch: this.#epochs.length + 1,
      trainLoss: train.loss,
      trainAccuracy: train.accuracy,
      validationLoss: validation?.loss ?? null,
      validationAccuracy: validation?.accuracy ?? null,
      lr: this.#lr,
      seconds: (performance.now() - this.#started) / 1000,
    });
    this.#epochs.push(report);
    this.#watch.endEpoch(deadOn(this.#ranks));
    earlyStopping?.observe(report);
    bestModel?.observe(report, this.#model);
    if (scheduleEvery === "epoch") schedule?.step(report.validationLoss ?? report.trainLoss);
    [this.#average, this.#step] = [new Average(), 0];
    await onEpoch?.(report);
    const isDue = checkpoint && (report.epoch % checkpoint.everyEpochs === 0 || !this.goesOn);
    if (isDue) await this.#save(checkpoint);
    this.#rankStreams?.share(this.#place);
  }

  /** Restores the best weights and returns the history. */
  finish(): History {
    const { earlyStopping, bestModel } = this.#options;
    bestModel?.restore(this.#model);
    const stoppedBy = earlyStopping?.stops ? "earlyStopping" : "epochs";
    return new History(this.#epochs, stoppedBy, bestModel?.epoch ?? this.#epochs.length);
  }

  #shareBuffers(): void {
    if (this.#ranks) broadcastBuffers(this.#ranks, this.#model, this.#parameters);
  }

  /** The sums so far are those of all ranks, so that the file is that of a run without ranks. */
  async #save(checkpoint: Checkpoint): Promise<void> {
    const average = this.#average.over(this.#ranks).state;
    await saveForAll(this.#ranks, checkpoint, () => this.#snapshot(average));
  }

  #snapshot(average: AverageState): SavedRun {
    const progress: Progress = { epochs: this.#epochs, step: this.#step, average };
    const parts = Object.entries(this.#savedParts).map(([name, part]) => [name, part.stateDict()]);
    const streams = this.#rankStreams?.states ?? streamStates(this.#streams);
    return { ...Object.fromEntries(parts), streams, progress };
  }

  get #savedParts(): Record<string, Stateful> {
    return savedParts(this.#model, this.#loader, this.#options);
  }

  #restore({ streams, progress, ...states }: SavedRun): void {
    const path = this.#options.checkpoint?.path;
    restoreParts(`train: ${path}`, this.#savedParts, states);
    restoreStreams(`train: ${path}`, this.#streams, streams);
    this.#epochs.push(...progress.epochs);
    // The sums so far are those of all ranks: one goes on from them, the others add to them.
    const isFirst = (this.#ranks?.rank ?? 0) === 0;
    [this.#step, this.#average] = [progress.step, new Average(isFirst ? progress.average : undefined)];
    this.#resumed = progress.step > 0;
  }
}

/** @throws RangeError for a validation loader that is divided in another way than the one for training */
function expectDividedToo(ranks: Ranks | null, validation: object | undefined): void {
  const others = validation && ranksOf(validation);
  if (!others || others.size === ranks?.size) return;
  throw new RangeError(
    `train: the validation loader divides its batches among ${others.size} ranks, and the loader for training among ${ranks?.size ?? 1}; pass both the same ranks`,
  );
}
