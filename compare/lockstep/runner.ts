import type * as autograd from "../../autograd/index.ts";
import type { StateDict } from "../../contracts/index.ts";
import { generatorsOf } from "../../gradcheck/internal.ts";
import type * as manual from "../../manual/index.ts";
import type { NDArray } from "../../np/index.ts";
import { yieldToEventLoop } from "../../np/internal.ts";
import type { Ranks, Stateful } from "../../training/index.ts";
import {
  Average,
  averageGradients,
  batchesWithRows,
  broadcastArrays,
  broadcastBuffers,
  type GradientSlot,
  RankStreams,
  ranksOf,
  restoreStreams,
  rowsOf,
  streamStates,
  streamsOf,
} from "../../training/internal.ts";
import type { SavedSide } from "./saved-comparison.ts";

/** One side's results of one epoch. Accuracies are fractions in 0 … 1, null if the targets are not classes. */
export interface SideEpoch {
  /** Average over the epoch's batches, each measured before its update. */
  readonly trainLoss: number;
  readonly trainAccuracy: number | null;
  /** Measured after the epoch. */
  readonly testLoss: number;
  readonly testAccuracy: number | null;
  /** Time for forward, backward and update of all batches. */
  readonly seconds: number;
  /** The part of `seconds` that the optimizer's steps took. */
  readonly updateSeconds: number;
  /** With ranks, the part of `seconds` in which gradients were exchanged, waiting included. */
  readonly allReduceSeconds?: number;
}

/** A network, its loss and its optimizer on one side. */
export interface Trainee<Model, Loss, Optimizer> {
  readonly model: Model;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
}

/** A step: the finished epochs, and the steps taken in this one. */
export interface Step {
  readonly epoch: number;
  readonly step: number;
}

/** Trains one side, step by step. With ranks, all must call everything but `state`, `load`, `snapshot` and `gradients`. */
export interface Runner {
  state(): StateDict;
  load(state: StateDict): void;
  /** Saves weights, statistics and the state of the random generators; returns a function that restores them. */
  snapshot(): () => void;
  /** Gives every rank the weights of rank 0. */
  shareWeights(): void;
  /** From now on every rank draws masks of its own, from the streams of rank 0. */
  shareStreams(): void;
  startEpoch(): void;
  /**
   * Runs forward and backward; returns the loss. With `counted` false the batch does not count in
   * the averages. With ranks, gradients and loss are those of the whole batch.
   */
  computeGradients(batch: manual.Batch, at: Step, counted?: boolean): number;
  gradients(): Map<string, NDArray>;
  /** Takes the optimizer's step. */
  update(): void;
  /** Evaluates on the test set. */
  finishEpoch(test: AsyncIterable<manual.Batch>): Promise<SideEpoch>;
  /** All that a checkpoint needs to go on from here; the same for any number of ranks. */
  save(): SavedSide;
  /** Goes on from a checkpoint. @throws RangeError or TypeError when it is of another network or optimizer */
  restore(where: string, saved: SavedSide): void;
}

/** The parts that differ between the two sides: computing and reading gradients, and evaluating a batch. */
export interface Parts {
  readonly model: manual.Layer | autograd.Module;
  readonly loss: manual.Loss | autograd.Loss;
  readonly optimizer: { step(): void; zeroGrad(): void } & Stateful;
  computeGradients(batch: manual.Batch): { loss: number; prediction: NDArray };
  evaluate(batch: manual.Batch): { loss: number; prediction: NDArray };
  gradients(): Map<string, NDArray>;
  /** The parameters with their gradients, to be replaced. */
  slots(): readonly GradientSlot[];
}

export function makeRunner(ranks: Ranks | null, parts: Parts): Runner {
  let train = new Average();
  let streams: RankStreams | null = null;
  const milliseconds = { gradients: 0, allReduce: 0, update: 0 };
  const timed = <T>(part: keyof typeof milliseconds, run: () => T): T => {
    const start = performance.now();
    const result = run();
    milliseconds[part] += performance.now() - start;
    return result;
  };
  const untimed = <T>(_: unknown, run: () => T): T => run();
  const shareBuffers = (): void => {
    if (ranks) broadcastBuffers(ranks, parts.model, parts.slots());
  };
  return {
    state: () => parts.model.stateDict(),
    load: (state) => parts.model.loadStateDict(state),
    snapshot() {
      const state = Object.entries(parts.model.stateDict()).map(([name, x]) => [name, x.copy()] as const);
      const generators = generatorsOf(parts.model);
      return () => {
        parts.model.loadStateDict(Object.fromEntries(state));
        generators.restart();
      };
    },
    gradients: () => parts.gradients(),
    shareWeights() {
      if (ranks) broadcastArrays(ranks, Object.values(parts.model.stateDict()));
    },
    shareStreams() {
      if (ranks) streams = new RankStreams(ranks, streamsOf(parts.model));
    },
    startEpoch() {
      train = new Average();
      Object.assign(milliseconds, { gradients: 0, allReduce: 0, update: 0 });
      parts.model.train();
    },
    computeGradients(batch, at, counted = true) {
      const clock = counted ? timed : untimed;
      parts.optimizer.zeroGrad();
      streams?.part(at);
      const rows = rowsOf(batch);
      const own = ranks && rows === 0 ? null : clock("gradients", () => parts.computeGradients(batch));
      if (own && counted) train.add(parts.loss, own.loss, own.prediction, batch.y);
      const value = own?.loss ?? 0;
      if (!ranks) return value;
      streams?.share(at);
      const part = { loss: parts.loss, value, rows };
      return clock("allReduce", () => averageGradients(ranks, parts.slots(), part));
    },
    update: () => timed("update", () => parts.optimizer.step()),
    async finishEpoch(test) {
      shareBuffers();
      parts.model.train(false);
      const held = new Average();
      for await (const batch of batchesWithRows(test)) {
        const { loss, prediction } = parts.evaluate(batch);
        held.add(parts.loss, loss, prediction, batch.y);
        await yieldToEventLoop();
      }
      const [trained, tested] = [train.result(ranks), held.result(ranksOf(test))];
      const { gradients, allReduce, update } = milliseconds;
      return {
        trainLoss: trained.loss,
        trainAccuracy: trained.accuracy,
        testLoss: tested.loss,
        testAccuracy: tested.accuracy,
        seconds: (gradients + allReduce + update) / 1000,
        updateSeconds: update / 1000,
        ...(ranks && { allReduceSeconds: allReduce / 1000 }),
      };
    },
    save() {
      shareBuffers();
      return {
        model: parts.model.stateDict(),
        optimizer: parts.optimizer.stateDict(),
        streams: streams?.states ?? streamStates(streamsOf(parts.model)),
        average: train.over(ranks).state,
        milliseconds: { ...milliseconds },
      };
    },
    restore(where, saved) {
      parts.model.loadStateDict(saved.model);
      parts.optimizer.loadStateDict(saved.optimizer);
      restoreStreams(where, streamsOf(parts.model), saved.streams);
      // The sums so far are those of all ranks: one goes on from them, the others add to them.
      train = new Average((ranks?.rank ?? 0) === 0 ? saved.average : undefined);
      Object.assign(milliseconds, saved.milliseconds);
      parts.model.train();
    },
  };
}
