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

/** What can be saved and loaded with a checkpoint; its state is arrays and plain data, nested. */
export interface Stateful {
  stateDict(): object;
  loadStateDict(state: object): void;
}

/** A learning-rate schedule: `step` is called after every epoch, or every step, with the validation loss (the training loss, if there is none). */
export interface Schedule {
  step(metric: number): void;
}

/** The optimizer as the loop sees it. */
export interface Steps {
  step(): void;
  zeroGrad(): void;
  readonly groups?: readonly { readonly lr: number }[];
}

/** A loader that a checkpoint can put into the middle of an epoch: `DataLoader` is one. `batch` is 0 when an epoch is over. */
export interface ResumableLoader {
  readonly state: { readonly epoch: number; readonly batch: number; readonly order?: RandomState | null };
  loadState(state: object): void;
}

/** Whether a loader's place in the data can be saved. */
export function isResumable(loader: object): loader is ResumableLoader {
  return "state" in loader && "loadState" in loader;
}

/** What `train` takes on either side, besides the loss. */
export interface LoopOptions {
  readonly optimizer: Steps;
  /** How often the data is seen; default 1. */
  readonly epochs?: number;
  /** Evaluated after every epoch, in evaluation mode. */
  readonly validation?: AsyncIterable<Batch>;
  readonly schedule?: Schedule;
  /** Whether the schedule steps after every epoch (default) or after every step of the optimizer. */
  readonly scheduleEvery?: "epoch" | "step";
  /** Between backward and the optimizer's step: `() => clipGradNorm(model.parameters(), 1)`. */
  readonly beforeStep?: () => void;
  readonly earlyStopping?: EarlyStopping;
  /** Puts the best epoch's weights back at the end. */
  readonly bestModel?: BestModel;
  readonly checkpoint?: Checkpoint;
  /** Called after every epoch. */
  readonly onEpoch?: (report: EpochReport) => void | Promise<void>;
  /** Where warnings about likely mistakes go, each once; default console.warn. */
  readonly warn?: (message: string) => void;
}
