/** Checks gradients against finite differences, for any function of arrays. */
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
export {
  chooseEntries,
  type ForwardBackward,
  type GradcheckOptions,
  type GradcheckResult,
  type GradcheckRow,
  gradcheck,
  project,
  randomUpstream,
} from "./gradcheck.ts";
export { derivative, type Estimate, type NumericalGradient, numericalGradient } from "./numerical.ts";
export { type Branch, type SymbolicDerivative, symbolicDerivative } from "./symbolic.ts";
