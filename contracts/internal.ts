/** For the twins' constructors and forwards; not an entry point of the package. */

export type { Options } from "../np/internal.ts";
export { perChannel } from "./activations/prelu.ts";
export { expectAxis } from "./activations/softmax.ts";
export { seluAlpha, seluScale } from "./activations/without-arguments.ts";
export { expectFeatures } from "./checks/features.ts";
export { guardMethods, type Values } from "./checks/guarded-methods.ts";
export { expectNoArguments } from "./checks/no-arguments.ts";
export { expectNumber, expectWord } from "./checks/numbers.ts";
export { expectCount, expectSameBranches, expectShape } from "./checks/shapes.ts";
export { valuesOf } from "./checks/values.ts";
export type { ActivationName, LayerName } from "./contracts.ts";
export { type AdaptiveAverages, adaptiveAverages, outputSizes } from "./layers/adaptive-avg-pool2d.ts";
export type { AvgPool } from "./layers/avg-pool2d.ts";
export {
  batchNorm,
  channelsOf,
  expectSeveralPerChannel,
  keptStatistics,
  type RunningStatistics,
  startStatistics,
  trackStatistics,
} from "./layers/batch-norm.ts";
export { expectPairs } from "./layers/bilinear.ts";
export { convTransposeSize, expectConv } from "./layers/conv-shapes.ts";
export { outputPaddingProblem } from "./layers/conv-transpose2d.ts";
export {
  channelsProblem,
  convTransposeWindow,
  convWindow,
  convWindow1d,
  paddingProblem,
} from "./layers/conv-window.ts";
export { dropoutMask } from "./layers/dropout.ts";
export { constantWhere, expectRows, paddingRow } from "./layers/embedding.ts";
export { flattened } from "./layers/flatten.ts";
export { groupLayout } from "./layers/group-norm.ts";
export { lastAxes, shapeOf } from "./layers/layer-norm.ts";
export { channelsAround } from "./layers/pad-shortcut.ts";
export { type Pool, poolDivisor, poolOf, poolWindow } from "./layers/pool.ts";
export { classAxis, expectIndices } from "./losses/class-indices.ts";
export { classTargets, type WeightedTargets, weightedTargets } from "./losses/class-targets.ts";
export { expectVectors } from "./losses/cosine-embedding-loss.ts";
export { expectBroadcasts, expectClassWeight } from "./losses/loss-options.ts";
export { reduceLoss } from "./losses/reduction.ts";
export {
  expectNonNegative,
  expectProbabilities,
  expectSameShape,
  expectSigns,
  expectTarget,
} from "./losses/targets.ts";
export { widened } from "./models/image-model.ts";
export { totalNorm } from "./optimizers/clipping.ts";
export { expectParameters, type Side } from "./optimizers/given-parameters.ts";
export { ParameterGroups } from "./optimizers/parameter-groups.ts";
export type { Group, ParameterState, Recipe } from "./optimizers/recipe.ts";
export { expectKeys, expectParts, partsIn, placeName } from "./parts.ts";
export { beginArguments, givenArguments, settle } from "./print/given-arguments.ts";
export { partText } from "./print/part-text.ts";
export { copyState, fields, stateDictOf, torchKey } from "./state-dict.ts";
