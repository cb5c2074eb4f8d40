/** Checks gradients against finite differences and other witnesses, for any function of arrays. */
export {
  againstExact,
  againstNumerical,
  type Distance,
  distance,
  exactTolerance,
  numericalTolerance,
  type Tolerance,
  unravel,
} from "./agreement.ts";
export { derivatives, type Estimate, type Kink, type Perturbed } from "./derivatives.ts";
export {
  type Cause,
  type Diagnosis,
  type Evidence,
  gradientName,
  type Length,
} from "./diagnosis/evidence.ts";
export { diagnose } from "./diagnosis.ts";
export { along, type Direction, directionalDerivatives, randomDirection } from "./directional.ts";
export { directionalRow } from "./directional-row.ts";
export { errorsAgainst, type Said } from "./errors-against.ts";
export { type FormatOptions, formatReport, isGradient } from "./format-report.ts";
export {
  type ForwardBackward,
  finished,
  type GradcheckOptions,
  gradcheck,
  report,
} from "./gradcheck.ts";
export { reportHtml } from "./html-report.ts";
export type { PreciseNumber, PreciseOperand } from "./mathjs.ts";
export { noiseOf } from "./noise.ts";
export { derivative, inPlace, type NumericalGradient, numericalGradient } from "./numerical.ts";
export {
  type PreciseArray,
  type PreciseFormula,
  type PreciseFunction,
  preciseFormula,
  preciseGradients,
} from "./precise.ts";
export { judgeWithPreset, type Preset, type PresetOptions, type PresetVerdict } from "./presets.ts";
export { checkProperties, namesakes, type PropertyCheck, propertyRow } from "./properties.ts";
export type { CheckReport, CheckRow, Verdict, Witness, Worst } from "./report.ts";
export { type Subgradient, subgradients } from "./subgradients.ts";
export { chooseEntries, project, randomUpstream, type Subject } from "./subject.ts";
export { type Branch, type SymbolicDerivative, symbolicDerivative } from "./symbolic.ts";
export { witnessNames } from "./who-is-wrong.ts";
export { judge, type Testimony } from "./witnesses.ts";
