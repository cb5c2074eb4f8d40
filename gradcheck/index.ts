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
export { errorsAgainst, type Said } from "./errors-against.ts";
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
export type { PreciseNumber, PreciseOperand } from "./mathjs.ts";
export { derivative, type Estimate, type NumericalGradient, numericalGradient } from "./numerical.ts";
export {
  type PreciseArray,
  type PreciseFormula,
  type PreciseFunction,
  preciseFormula,
  preciseGradients,
} from "./precise.ts";
export { type Subgradient, subgradients } from "./subgradients.ts";
export { type Branch, type SymbolicDerivative, symbolicDerivative } from "./symbolic.ts";
