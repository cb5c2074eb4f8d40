/** The lecture's claims as experiments: each study gives numbers over several seeds, and a verdict. */

export {
  type PolynomialFit,
  type PolynomialFitsOptions,
  polynomialFits,
} from "./bias-variance/polynomial-fits.ts";
export { type Points, planeTargets, type Target } from "./depth-vs-width/targets.ts";
export { type GrownNet, type GrowWidthsOptions, growWidths } from "./design-flow/grow-widths.ts";
export { randomFeatures } from "./double-descent/random-features.ts";
export {
  type RaceName,
  type RaceOptions,
  type Run,
  raceNames,
  raceOptimizers,
  rateGrid,
} from "./optimizers/race-optimizers.ts";
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
export { type TrainOnAllOptions, trainOnAll } from "./train-on-all.ts";
