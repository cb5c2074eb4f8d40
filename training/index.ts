/** What both sides share in training and what holds neither chalk nor tape. */

export {
  expectAxis,
  expectDim,
  type GELUOptions,
  type PReLUOptions,
  perChannel,
  seluAlpha,
  seluScale,
} from "./activation-options.ts";
export {
  type AdaptiveAverages,
  adaptiveAverages,
  expectOutputSize,
  type OutputSize,
} from "./adaptive-averages.ts";
export { breathe } from "./breathe.ts";
export {
  type ConvOptions,
  type ConvTransposeOptions,
  convTransposeWindow,
  convWindow,
  convWindow1d,
  expectChannels,
} from "./convolution.ts";
export { convTransposeSize, expectConv } from "./convolution-shapes.ts";
export * from "./debugging/index.ts";
export { type DropoutOptions, dropoutMask, expectProbability } from "./dropout-mask.ts";
export {
  constantWhere,
  type EmbeddingOptions,
  expectRows,
  paddingRow,
} from "./embedding-rows.ts";
export * from "./files/index.ts";
export { type FlattenOptions, flattened } from "./flattened.ts";
export { biasUniform } from "./initialisers/bias-uniform.ts";
export { calculateGain, type Nonlinearity } from "./initialisers/calculate-gain.ts";
export { constant } from "./initialisers/constant.ts";
export { embeddingNormal } from "./initialisers/embedding-normal.ts";
export { type FanMode, type Fans, fans } from "./initialisers/fans.ts";
export { initConvolutions } from "./initialisers/init-convolutions.ts";
export type { InitOptions } from "./initialisers/init-options.ts";
export { kaimingNormal } from "./initialisers/kaiming-normal.ts";
export { type KaimingOptions, kaimingUniform } from "./initialisers/kaiming-uniform.ts";
export { type OrthogonalOptions, orthogonal } from "./initialisers/orthogonal.ts";
export { type TruncNormalOptions, truncNormal } from "./initialisers/trunc-normal.ts";
export { xavierNormal } from "./initialisers/xavier-normal.ts";
export { type XavierOptions, xavierUniform } from "./initialisers/xavier-uniform.ts";
export type { LayerOptions, LinearOptions } from "./layer-options.ts";
export * from "./loop/index.ts";
export * from "./losses/index.ts";
export { accuracy, expectBatches, predictions } from "./metrics.ts";
export {
  type AlexNetOptions,
  type BlockOptions,
  type CifarNetOptions,
  expectSizes,
  expectStages,
  type ImageModelOptions,
  type LeNet5Options,
  type MlpOptions,
  type ResNet18Options,
  type ResNet20Options,
  type Shortcut,
  type StrideOptions,
  type WidthOptions,
  widened,
} from "./model-options.ts";
export {
  expectEps,
  expectGroups,
  type GroupNormOptions,
  groupsOf,
  type LayerNormOptions,
  lastAxes,
  normalizedShapeOf,
} from "./normalized-axes.ts";
export { expectNumber, expectWord } from "./number-check.ts";
export {
  type AdadeltaGroup,
  type AdadeltaOptions,
  type AdadeltaState,
  adadeltaRecipe,
} from "./optimizers/adadelta.ts";
export {
  type AdagradGroup,
  type AdagradOptions,
  type AdagradState,
  adagradRecipe,
} from "./optimizers/adagrad.ts";
export {
  type AdamGroup,
  type AdamOptions,
  type AdamState,
  adamRecipe,
  adamWRecipe,
} from "./optimizers/adam.ts";
export { type AdamaxGroup, type AdamaxOptions, type AdamaxState, adamaxRecipe } from "./optimizers/adamax.ts";
export { type ClipGradNormOptions, expectBound, totalNorm } from "./optimizers/clipping.ts";
export {
  expectParameters,
  type ParameterGroup,
  type SettledGroup,
  type Side,
  type Trainable,
} from "./optimizers/given-parameters.ts";
export { type NAdamGroup, type NAdamOptions, type NAdamState, nadamRecipe } from "./optimizers/nadam.ts";
export type { OptimizerState, SavedGroup } from "./optimizers/optimizer-state.ts";
export type { Option, Options, OptionTable } from "./optimizers/option.ts";
export { ParameterGroups } from "./optimizers/parameter-groups.ts";
export { type RAdamGroup, type RAdamOptions, type RAdamState, radamRecipe } from "./optimizers/radam.ts";
export { type Group, type ParameterState, type Recipe, stepOptions } from "./optimizers/recipe.ts";
export {
  type RMSpropGroup,
  type RMSpropOptions,
  type RMSpropState,
  rmspropRecipe,
} from "./optimizers/rmsprop.ts";
export { type RpropGroup, type RpropOptions, type RpropState, rpropRecipe } from "./optimizers/rprop.ts";
export { type SGDGroup, type SGDOptions, type SGDState, sgdRecipe } from "./optimizers/sgd.ts";
export { expectPadShortcut, type PadShortcutOptions } from "./pad-shortcut.ts";
export { expectPair, type OneOrPair } from "./pair.ts";
export {
  type AvgPool,
  type AvgPoolOptions,
  expectAvgPool,
  expectPool,
  type MaxPoolOptions,
  type Pool,
  type PoolOptions,
  poolDivisor,
  poolWindow,
} from "./pooling.ts";
export {
  type BatchNormOptions,
  batchNormNumbers,
  channelsOf,
  expectSeveralPerChannel,
  keptStatistics,
  type RunningStatistics,
  startStatistics,
  trackStatistics,
} from "./running-statistics.ts";
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
export {
  expectCount,
  expectSameBranches,
  expectSamples,
  expectShape,
  type ShapePattern,
} from "./shape-check.ts";
export { copyState, fields, type StateDict, torchKey } from "./state-dict.ts";
