/** What surrounds a training loop: history, checkpoints, schedules, debugging, files, metrics. */

export * from "./debugging/index.ts";
export * from "./files/index.ts";
export * from "./loop/index.ts";
export { accuracy, expectBatches, predictions } from "./metrics.ts";
export {
  CosineAnnealingLR,
  type EtaMinOptions,
} from "./schedules/cosine-annealing-lr.ts";
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
