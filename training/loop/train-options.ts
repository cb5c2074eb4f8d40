import type { NDArray, RandomState } from "../../np/index.ts";
import type { BestModel } from "./best-model.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { EarlyStopping } from "./early-stopping.ts";
import type { EpochReport } from "./history.ts";

/** One batch: inputs and their targets. */
export interface Batch {
  readonly x: NDArray;
  readonly y: NDArray;
}

/** An object that a checkpoint can save and load; its state is nested arrays and plain data. */
export interface Stateful {
  stateDict(): object;
  loadStateDict(state: object): void;
}

/**
 * A learning-rate schedule. `step` is called after every epoch, or every step, with the validation
 * loss (the training loss if there is none).
 */
export interface Schedule {
  step(metric: number): void;
}

/** The optimizer as the loop sees it. */
export interface Steps {
  step(): void;
  zeroGrad(): void;
  readonly groups?: readonly { readonly lr: number }[];
}

/**
 * A loader that a checkpoint can resume in the middle of an epoch, such as `DataLoader`. `batch` is
 * 0 at the end of an epoch.
 */
export interface ResumableLoader {
  readonly state: { readonly epoch: number; readonly batch: number; readonly order?: RandomState | null };
  loadState(state: object): void;
}

/** Whether a loader's position in the data can be saved. */
export function isResumable(loader: object): loader is ResumableLoader {
  return "state" in loader && "loadState" in loader;
}

/** The options of `train` on either side, apart from the loss. */
export interface LoopOptions {
  readonly optimizer: Steps;
  /** Number of passes over the data; default 1. */
  readonly epochs?: number;
  /** Evaluated after every epoch, in evaluation mode. */
  readonly validation?: AsyncIterable<Batch>;
  readonly schedule?: Schedule;
  /** Whether the schedule steps after every epoch (default) or after every step of the optimizer. */
  readonly scheduleEvery?: "epoch" | "step";
  /**
   * Called between backward and the optimizer's step: `() => clipGradNorm(model.parameters(), 1)`.
   * With ranks it runs on every rank, and the gradients are those of the whole batch.
   */
  readonly beforeStep?: () => void;
  readonly earlyStopping?: EarlyStopping;
  /** Restores the best epoch's weights at the end. */
  readonly bestModel?: BestModel;
  readonly checkpoint?: Checkpoint;
  /** Called after every epoch; with ranks on every rank, so print where `rank` is 0. */
  readonly onEpoch?: (report: EpochReport) => void | Promise<void>;
  /** Receives each warning about a likely mistake once; default console.warn. With ranks only on rank 0. */
  readonly warn?: (message: string) => void;
}
