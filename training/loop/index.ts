/** The parts around forward, backward and step: averages, history, stopping, checkpoints. */
export {
  Average,
  type AveragedLoss,
  type AverageState,
  type Averages,
  divisorOf,
  lossValue,
  sumOf,
} from "./average.ts";
export { BestModel, type BestModelState } from "./best-model.ts";
export { Checkpoint, type CheckpointOptions } from "./checkpoint.ts";
export { EarlyStopping, type EarlyStoppingOptions, type EarlyStoppingState } from "./early-stopping.ts";
export { type EpochReport, History } from "./history.ts";
export { inEvaluation } from "./in-evaluation.ts";
export type { Monitored, MonitorOptions } from "./monitor.ts";
export type { Batch, LoopOptions, ResumableLoader, Schedule, Stateful, Steps } from "./train-options.ts";
export { TrainingRun } from "./training-run.ts";
