/** The lecture's claims as experiments: each study gives numbers over several seeds, and a verdict. */

export { claim, claims } from "./claims/claims.ts";
export type { ClaimRow, ClaimRun, Measurement } from "./claims/row.ts";
export { studies, studyNamed } from "./registry.ts";
export { studyResult } from "./results.ts";
export { type RunOptions, runStudy, type StudyResult } from "./run-study.ts";
export type { Finding, Options, Report, Row, Spread, Study, Summary, Verdict } from "./study.ts";
