/** The lecture's claims as experiments: each study gives numbers over several seeds, and a verdict. */

export {
  discAndRing,
  discAndRingGrid,
  judgeSeparation,
  mostOfTwoUnits,
  type Plane,
  type Separation,
} from "./disc-and-ring.ts";
export { layerOutputs } from "./layer-outputs.ts";
export { type LinearProbe, type LinearProbeOptions, linearProbe } from "./linear-probe.ts";
export { type PrincipalComponents, principalComponents } from "./principal-components.ts";
export { studies, studyNamed } from "./registry.ts";
export { type StudyResultOptions, studyResult } from "./results.ts";
export { type RunOptions, runStudy, type StudyResult } from "./run-study.ts";
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
