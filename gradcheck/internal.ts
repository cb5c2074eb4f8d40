/** The parts that compare/ builds its checks from; not a public entry of the package. */

export {
  againstExact,
  againstNumerical,
  type Distance,
  distance,
  exactTolerance,
  noDistance,
} from "./agreement.ts";
export { formatOptions, gradcheckOptions, seed } from "./contracts.ts";
export {
  type Advice,
  adviceText,
  advised,
  cureAdvice,
  type Hints,
  plainAdvice,
} from "./diagnosis/advice.ts";
export { diagnose } from "./diagnosis/diagnose.ts";
export { diagnoseForward } from "./diagnosis/diagnose-forward.ts";
export { diagnoseFunction } from "./diagnosis/diagnose-function.ts";
export {
  type Cause,
  type Diagnosis,
  type Evidence,
  gradientName,
} from "./diagnosis/evidence.ts";
export { namedLengths } from "./diagnosis/named-lengths.ts";
export { diagnoseStep } from "./diagnosis/step/diagnose-step.ts";
export type { SeenStep, StepOptions, StepTrace } from "./diagnosis/step/trace.ts";
export { derivatives, type Estimate } from "./differences/derivatives.ts";
export { along } from "./differences/directional.ts";
export { directionalRow } from "./differences/directional-row.ts";
export { roundingOf } from "./differences/noise.ts";
export { ChangeSums, changesOf, inPlace, type Perturbed } from "./differences/perturbed.ts";
export { errorsAgainst, type Said } from "./formulas/errors-against.ts";
export type { PreciseNumber } from "./formulas/mathjs.ts";
export {
  type PreciseArray,
  type PreciseFunction,
  preciseFormula,
  preciseGradients,
} from "./formulas/precise.ts";
export { type Subgradient, subgradients } from "./formulas/subgradients.ts";
export type { Branch } from "./formulas/symbolic.ts";
export { checkSubject, finished, report } from "./gradcheck.ts";
export { checkProperties, namesakes, type PropertyCheck, propertyRow } from "./properties.ts";
export { checkHabits } from "./protocol/check-habits.ts";
export { checkMask, type MaskRule } from "./protocol/drawn-mask.ts";
export {
  checkOptimizerHabits,
  type OptimizerHabits,
} from "./protocol/optimizer/check-optimizer-habits.ts";
export { checkOwnOptimizer, motion } from "./protocol/optimizer/check-own-optimizer.ts";
export type {
  MakeStepper,
  OptimizerSpecimen,
  SteppedGroup,
  SteppedParameter,
  Stepper,
} from "./protocol/optimizer/stepper.ts";
export { twoOptimizers } from "./protocol/optimizer/two-optimizers.ts";
export { checkSchedule } from "./protocol/schedule/check-schedule.ts";
export { pathOf as schedulePath } from "./protocol/schedule/path.ts";
export type { ScheduledStub, ScheduleLike, ScheduleSpecimen } from "./protocol/schedule/schedule-like.ts";
export type { Specimen } from "./protocol/specimen.ts";
export { shownOnce } from "./report/shown-once.ts";
export { type Generators, generatorsOf } from "./structure/generators.ts";
export { inOurShape, inTheirShape, type Link, linkings } from "./structure/links.ts";
export {
  isLayerLike,
  type LayerLike,
  ownLayer,
  returnedGradients,
} from "./structure/own-layer.ts";
export { gradientKeys, type OwnParameter, ownArrays, ownParameters } from "./structure/own-parameters.ts";
export { persistentParameters } from "./structure/persistent-parameters.ts";
export { isScalarLoss } from "./structure/scalar-loss.ts";
export { layerInputNames, subjectOfAny, titleOf } from "./structure/subject-of.ts";
export { project, randomUpstream, type Subject } from "./subject.ts";
export { judge, type Testimony } from "./witnesses.ts";
