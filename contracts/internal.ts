/** What the twins' constructors and forwards read; no entry of the package. */

export { expectAxis, expectDim, perChannel, seluAlpha, seluScale } from "./activations/options.ts";
export { expectNumber, expectWord } from "./checks/numbers.ts";
export type { Option, Options, OptionTable } from "./checks/option.ts";
export { expectPair } from "./checks/pair.ts";
export {
  expectCount,
  expectSameBranches,
  expectSamples,
  expectShape,
  type ShapePattern,
} from "./checks/shapes.ts";
export { type AdaptiveAverages, adaptiveAverages, expectOutputSize } from "./layers/adaptive-avg-pool2d.ts";
export {
  batchNormNumbers,
  channelsOf,
  expectSeveralPerChannel,
  keptStatistics,
  type RunningStatistics,
  startStatistics,
  trackStatistics,
} from "./layers/batch-norm.ts";
export { convTransposeWindow, convWindow, convWindow1d, expectChannels } from "./layers/conv.ts";
export { convTransposeSize, expectConv } from "./layers/conv-shapes.ts";
export { dropoutMask, expectProbability } from "./layers/dropout.ts";
export { constantWhere, expectRows, paddingRow } from "./layers/embedding.ts";
export { flattened } from "./layers/flatten.ts";
export { expectEps, expectGroups, groupLayout, lastAxes, normalizedShapeOf } from "./layers/layer-norm.ts";
export { expectPadShortcut } from "./layers/pad-shortcut.ts";
export {
  type AvgPool,
  expectAvgPool,
  expectPool,
  type Pool,
  poolDivisor,
  poolWindow,
} from "./layers/pool.ts";
export { expectIndices } from "./losses/class-indices.ts";
export {
  type ClassCounts,
  classTargets,
  type TargetKind,
  type WeightedTargets,
  weightedTargets,
} from "./losses/class-targets.ts";
export { expectBroadcasts, expectClassWeight, expectOption, expectWeight } from "./losses/loss-options.ts";
export { expectReduction, reduceLoss, reductions } from "./losses/reduction.ts";
export {
  expectNonNegative,
  expectProbabilities,
  expectSameShape,
  expectSigns,
  expectTarget,
} from "./losses/targets.ts";
export { expectSizes, expectStages, widened } from "./models/options.ts";
export { adadeltaRecipe } from "./optimizers/adadelta.ts";
export { adagradRecipe } from "./optimizers/adagrad.ts";
export { adamRecipe, adamWRecipe } from "./optimizers/adam.ts";
export { adamaxRecipe } from "./optimizers/adamax.ts";
export { expectBound, totalNorm } from "./optimizers/clipping.ts";
export { expectParameters, type SettledGroup, type Side } from "./optimizers/given-parameters.ts";
export { nadamRecipe } from "./optimizers/nadam.ts";
export { ParameterGroups } from "./optimizers/parameter-groups.ts";
export { radamRecipe } from "./optimizers/radam.ts";
export { type Group, type ParameterState, type Recipe, stepOptions } from "./optimizers/recipe.ts";
export { rmspropRecipe } from "./optimizers/rmsprop.ts";
export { rpropRecipe } from "./optimizers/rprop.ts";
export { sgdRecipe } from "./optimizers/sgd.ts";
export { copyState, fields, torchKey } from "./state-dict.ts";
