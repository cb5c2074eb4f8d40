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
export { along, type Direction, directionalDerivatives, randomDirection } from "./directional.ts";
export { directionalRow } from "./directional-row.ts";
export { type FormatOptions, formatReport } from "./format-report.ts";
export {
  type ForwardBackward,
  finished,
  type GradcheckOptions,
  gradcheck,
  report,
} from "./gradcheck.ts";
export { reportHtml } from "./html-report.ts";
export { noiseOf } from "./noise.ts";
export { derivative, inPlace, type NumericalGradient, numericalGradient } from "./numerical.ts";
export { checkProperties, namesakes, propertyRow } from "./properties.ts";
export type { CheckReport, CheckRow, Verdict, Witness, Worst } from "./report.ts";
export { chooseEntries, project, randomUpstream, type Subject } from "./subject.ts";
export { type Branch, type SymbolicDerivative, symbolicDerivative } from "./symbolic.ts";
export { judge, type Testimony, witnessNames } from "./witnesses.ts";
