/** What the losses of both sides share: options, targets, and how elements become one number. */
export { expectIndices } from "./class-indices.ts";
export {
  type ClassCounts,
  classTargets,
  type TargetKind,
  type WeightedTargets,
  weightedTargets,
} from "./class-targets.ts";
export {
  type BCELossOptions,
  type BCEWithLogitsLossOptions,
  type CosineEmbeddingLossOptions,
  type CrossEntropyLossOptions,
  expectBroadcasts,
  expectClassWeight,
  expectOption,
  expectWeight,
  type HingeEmbeddingLossOptions,
  type HuberLossOptions,
  type KLDivLossOptions,
  type LossOptions,
  type MultiMarginLossOptions,
  type NLLLossOptions,
  type SmoothL1LossOptions,
} from "./loss-options.ts";
export {
  expectReduction,
  type KLDivReduction,
  type Reduction,
  reduceLoss,
  reductions,
} from "./reduction.ts";
export {
  expectNonNegative,
  expectProbabilities,
  expectSameShape,
  expectSigns,
  expectTarget,
} from "./targets.ts";
