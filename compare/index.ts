/** Compares the twins: the case table, its gradient checks, and training both sides in lockstep. */
export {
  type Case,
  type CaseExpectations,
  type CaseHints,
  type CaseWitnesses,
  type LargeNetwork,
  type StudentClass,
  twins,
} from "./cases/case.ts";
export { cases } from "./cases/table.ts";
export { type ClassOptions, check } from "./check/check.ts";
export type { Own, OwnOptions } from "./check/check-own.ts";
export type { RowChoice, RowInfo } from "./check/choose-rows.ts";
export { expectedValues } from "./check/expected-values.ts";
export type { CheckOptions } from "./check/trial.ts";
export { type CompareOptions, type CompareOutcome, compare, type EpochRecord } from "./lockstep/compare.ts";
export type { ParityRow } from "./lockstep/differences.ts";
export { type CompareResult, type JobEvents, type JobOutcome, runJob } from "./lockstep/job.ts";
export type { JobOptions, JobSettings } from "./lockstep/job-settings.ts";
export type { SideEpoch } from "./lockstep/runner.ts";
export { type GradgradcheckOptions, gradgradcheck } from "./second-order/gradgradcheck.ts";
export type { CaseInputs } from "./subjects/inputs.ts";
export { Summary, type SummaryRow, summary } from "./summary/summary.ts";
