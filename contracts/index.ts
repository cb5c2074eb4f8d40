/** What a twin's name, arguments, defaults and shapes mean, once for both sides. */

export {
  expectAxis,
  expectDim,
  type GELUOptions,
  type PReLUOptions,
  perChannel,
  seluAlpha,
  seluScale,
} from "./activations/options.ts";
export { expectNumber, expectWord } from "./checks/numbers.ts";
export type { Option, Options, OptionTable } from "./checks/option.ts";
export { expectPair, type OneOrPair } from "./checks/pair.ts";
export {
  expectCount,
  expectSameBranches,
  expectSamples,
  expectShape,
  type ShapePattern,
} from "./checks/shapes.ts";
export {
  type AdaptiveAverages,
  adaptiveAverages,
  expectOutputSize,
  type OutputSize,
} from "./layers/adaptive-avg-pool2d.ts";
export {
  type BatchNormOptions,
  batchNormNumbers,
  channelsOf,
  expectSeveralPerChannel,
  keptStatistics,
  type RunningStatistics,
  startStatistics,
  trackStatistics,
} from "./layers/batch-norm.ts";
export {
  type ConvOptions,
  type ConvTransposeOptions,
  convTransposeWindow,
  convWindow,
  convWindow1d,
  expectChannels,
} from "./layers/conv.ts";
export { convTransposeSize, expectConv } from "./layers/conv-shapes.ts";
export { type DropoutOptions, dropoutMask, expectProbability } from "./layers/dropout.ts";
export {
  constantWhere,
  type EmbeddingOptions,
  expectRows,
  paddingRow,
} from "./layers/embedding.ts";
export { type FlattenOptions, flattened } from "./layers/flatten.ts";
export {
  expectEps,
  expectGroups,
  type GroupNormOptions,
  groupsOf,
  type LayerNormOptions,
  lastAxes,
  normalizedShapeOf,
} from "./layers/layer-norm.ts";
export type { LayerOptions, LinearOptions } from "./layers/options.ts";
export { expectPadShortcut, type PadShortcutOptions } from "./layers/pad-shortcut.ts";
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
} from "./layers/pool.ts";
export * from "./losses/index.ts";
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
} from "./models/options.ts";
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
export { copyState, fields, type StateDict, torchKey } from "./state-dict.ts";
