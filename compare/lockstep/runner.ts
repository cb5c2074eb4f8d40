import type * as autograd from "../../autograd/index.ts";
import type { StateDict } from "../../contracts/index.ts";
import { generatorsOf } from "../../gradcheck/internal.ts";
import type * as manual from "../../manual/index.ts";
import type { NDArray } from "../../np/index.ts";
import { yieldToEventLoop } from "../../np/internal.ts";
import type { Stateful } from "../../training/index.ts";
import { Average, restoreStreams, streamStates, streamsOf } from "../../training/internal.ts";
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
}

/** A network, its loss and its optimizer on one side. */
export interface Trainee<Model, Loss, Optimizer> {
  readonly model: Model;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
}

/** Trains one side, step by step. */
export interface Runner {
  state(): StateDict;
  load(state: StateDict): void;
  /** Saves weights, statistics and the state of the random generators; returns a function that restores them. */
  snapshot(): () => void;
  startEpoch(): void;
  /** Runs forward and backward; returns the loss. With `counted` false the batch does not count in the averages. */
  computeGradients(batch: manual.Batch, counted?: boolean): number;
  gradients(): Map<string, NDArray>;
  /** Takes the optimizer's step. */
  update(): void;
  /** Evaluates on the test set. */
  finishEpoch(test: AsyncIterable<manual.Batch>): Promise<SideEpoch>;
  /** All that a checkpoint needs to go on from here. */
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
}

export function makeRunner(parts: Parts): Runner {
  let train = new Average();
  const milliseconds = { gradients: 0, update: 0 };
  const timed = <T>(part: keyof typeof milliseconds, run: () => T): T => {
    const start = performance.now();
    const result = run();
    milliseconds[part] += performance.now() - start;
    return result;
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
    startEpoch() {
      train = new Average();
      Object.assign(milliseconds, { gradients: 0, update: 0 });
      parts.model.train();
    },
    computeGradients(batch, counted = true) {
      parts.optimizer.zeroGrad();
      if (!counted) return parts.computeGradients(batch).loss;
      const { loss, prediction } = timed("gradients", () => parts.computeGradients(batch));
      train.add(parts.loss, loss, prediction, batch.y);
      return loss;
    },
    update: () => timed("update", () => parts.optimizer.step()),
    async finishEpoch(test) {
      parts.model.train(false);
      const held = new Average();
      for await (const batch of test) {
        const { loss, prediction } = parts.evaluate(batch);
        held.add(parts.loss, loss, prediction, batch.y);
        await yieldToEventLoop();
      }
      const [trained, tested] = [train.result(), held.result()];
      return {
        trainLoss: trained.loss,
        trainAccuracy: trained.accuracy,
        testLoss: tested.loss,
        testAccuracy: tested.accuracy,
        seconds: (milliseconds.gradients + milliseconds.update) / 1000,
        updateSeconds: milliseconds.update / 1000,
      };
    },
    save: () => ({
      model: parts.model.stateDict(),
      optimizer: parts.optimizer.stateDict(),
      streams: streamStates(streamsOf(parts.model)),
      average: train.state,
      milliseconds: { ...milliseconds },
    }),
    restore(where, saved) {
      parts.model.loadStateDict(saved.model);
      parts.optimizer.loadStateDict(saved.optimizer);
      restoreStreams(where, streamsOf(parts.model), saved.streams);
      train = new Average(saved.average);
      Object.assign(milliseconds, saved.milliseconds);
      parts.model.train();
    },
  };
}
