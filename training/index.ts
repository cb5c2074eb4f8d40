/** What both sides share in training and what holds neither chalk nor tape. */
export { breathe } from "./breathe.ts";
export { biasUniform, type InitOptions, kaimingUniform } from "./init.ts";
export type { LayerOptions, LinearOptions } from "./layer-options.ts";
export { accuracy, expectBatches, expectFiniteLoss, predictions } from "./metrics.ts";
export {
  type AdamGroup,
  type AdamOptions,
  adamGroup,
  type Group,
  type SGDGroup,
  type SGDOptions,
  sgdGroup,
} from "./optimizer-options.ts";
export { expectReduction, type LossOptions, type Reduction, reduceLoss } from "./reduction.ts";
export { expectCount, expectShape, type ShapePattern } from "./shape-check.ts";
export { copyState, fields, type StateDict } from "./state-dict.ts";
export { classTargets, expectProbabilities, expectSameShape, type TargetKind } from "./targets.ts";
