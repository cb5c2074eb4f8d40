/** The lecture's claims as experiments: each study gives numbers over several seeds, and a verdict. */

export {
  type PolynomialFit,
  type PolynomialFitsOptions,
  polynomialFits,
} from "./bias-variance/polynomial-fits.ts";
export { type ClaimsOptions, claim, claims } from "./claims/claims.ts";
export type { ClaimRow, ClaimRun, Measurement } from "./claims/row.ts";
export { type DrawTargetsOptions, drawTargets } from "./depth-vs-width/draw-targets.ts";
export { type Points, planeTargets, type Target } from "./depth-vs-width/targets.ts";
export { type GrownNet, type GrowWidthsOptions, growWidths } from "./design-flow/grow-widths.ts";
export {
  discAndRing,
  discAndRingGrid,
  judgeSeparation,
  mostOfTwoUnits,
  type Plane,
  type Separation,
} from "./disc-and-ring.ts";
export { randomFeatures } from "./double-descent/random-features.ts";
export { layerOutputs } from "./layer-outputs.ts";
export { type LinearProbe, type LinearProbeOptions, linearProbe } from "./linear-probe.ts";
export {
  type RaceName,
  type RaceOptions,
  type Run,
  raceNames,
  raceOptimizers,
  rateGrid,
} from "./optimizers/race-optimizers.ts";
export { type PrincipalComponents, principalComponents } from "./principal-components.ts";
export { studies, studyNamed } from "./registry.ts";
export { type StudyResultOptions, studyResult } from "./results.ts";
export { type RunOptions, runStudy, type StudyResult } from "./run-study.ts";
export { sawtoothByHand, sawtoothWave } from "./sawtooth/by-hand.ts";
export type {
  Finding,
  Options,
  OtherDataset,
  Report,
  Row,
  Spread,
  Study,
  Summary,
  Verdict,
} from "./study.ts";
export { type StudyPictureOptions, studyPicture } from "./study-picture.ts";
export { type TrainOnAllOptions, trainOnAll } from "./train-on-all.ts";
export { tunedProbe } from "./tuned-probe.ts";
