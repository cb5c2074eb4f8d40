/** The parts around a training loop: history, checkpoints, schedules, debugging, files, metrics. */

export type { DeadUnits } from "./debugging/dead-units.ts";
export type { LrPoint, LrRange, LrRangeSettings } from "./debugging/lr-range.ts";
export type { Overfit, OverfitSettings } from "./debugging/overfit.ts";
export type { Watch } from "./debugging/training-watch.ts";
export { decodeNpz, encodeNpz, type NpzOptions } from "./files/npz.ts";
export { decodeSafetensors, encodeSafetensors, type Safetensors } from "./files/safetensors.ts";
export { loadState, saveState } from "./files/state-files.ts";
export type { AveragedLoss, Averages } from "./loop/average.ts";
export { BestModel, type BestModelState } from "./loop/best-model.ts";
export { Checkpoint, type CheckpointOptions } from "./loop/checkpoint.ts";
export { EarlyStopping, type EarlyStoppingOptions, type EarlyStoppingState } from "./loop/early-stopping.ts";
export { type EpochReport, History } from "./loop/history.ts";
export type { Monitored, MonitorOptions } from "./loop/monitor.ts";
export type { Ranks } from "./loop/ranks.ts";
export type { Batch, LoopOptions, ResumableLoader, Schedule, Stateful, Steps } from "./loop/train-options.ts";
export { accuracy, predictions } from "./metrics.ts";
export { ConstantLR, type ConstantLROptions } from "./schedules/constant-lr.ts";
export { scheduleContracts } from "./schedules/contract-table.ts";
export { CosineAnnealingLR, type EtaMinOptions } from "./schedules/cosine-annealing-lr.ts";
export {
  CosineAnnealingWarmRestarts,
  type WarmRestartsOptions,
} from "./schedules/cosine-annealing-warm-restarts.ts";
export { ExponentialLR } from "./schedules/exponential-lr.ts";
export type { ScheduledGroup, ScheduledOptimizer } from "./schedules/initial-lr.ts";
export { LambdaLR, type LrLambda } from "./schedules/lambda-lr.ts";
export { LinearLR, type LinearLROptions } from "./schedules/linear-lr.ts";
export {
  LRScheduler,
  type ScheduledValues,
  type ScheduleRule,
  type ScheduleState,
} from "./schedules/lr-scheduler.ts";
export { MultiStepLR } from "./schedules/multi-step-lr.ts";
export { OneCycleLR, type OneCycleOptions } from "./schedules/one-cycle-lr.ts";
export { PolynomialLR, type PolynomialLROptions } from "./schedules/polynomial-lr.ts";
export {
  type PlateauOptions,
  type PlateauState,
  ReduceLROnPlateau,
} from "./schedules/reduce-lr-on-plateau.ts";
export { SequentialLR, type SequentialState } from "./schedules/sequential-lr.ts";
export { type GammaOptions, StepLR } from "./schedules/step-lr.ts";
