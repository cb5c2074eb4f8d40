/** Joins the twins: the case table, the gradient checks on it, and the lockstep training of the main job. */
export { type Case, cases, type StudentClass, twins } from "./cases/table.ts";
export { casesNamed, check, checkCases } from "./check/check.ts";
export { type CheckOptions, checkCase } from "./check/check-case.ts";
export { type CheckOpsOptions, checkOp, checkOps } from "./check/check-ops.ts";
export { Reach } from "./check/whole-network/reach.ts";
export { evidenceFor, type Failure, type Inputs } from "./explain/evidence.ts";
export type { Parting, PartingQuestion } from "./explain/first-difference/difference.ts";
export { firstParting } from "./explain/first-difference/first-difference.ts";
export {
  type Formula,
  type FormulaWitness,
  formulaWitness,
  symbolicWitness,
} from "./formulas/formula-witness.ts";
export { preciseWitness } from "./formulas/precise-witness.ts";
export {
  type CompareOptions,
  type CompareOutcome,
  compare,
  type EpochRecord,
  type Trainee,
} from "./lockstep/compare.ts";
export type { ParityRow } from "./lockstep/differences.ts";
export {
  type CompareResult,
  type JobEvents,
  type JobOptions,
  type JobOutcome,
  type JobSettings,
  runJob,
} from "./lockstep/job.ts";
export { bounds } from "./lockstep/judge.ts";
export { modelNamed, models } from "./lockstep/models.ts";
export { type JobOptimizer, jobOptimizers } from "./lockstep/optimizers.ts";
export type { SideEpoch } from "./lockstep/runner.ts";
export { type Items, itemsOf, type TwinModel } from "./lockstep/twin-model.ts";
export type { Draw, OpCase, OpCases } from "./op-cases/op-case.ts";
export { opCases } from "./op-cases/table.ts";
export { checkCasesTwice, checkTwice, notTwice } from "./second-order/check-second-order.ts";
export { type GradgradcheckOptions, gradgradcheck } from "./second-order/gradgradcheck.ts";
export { differentiable, draw } from "./subjects/inputs.ts";
export { type AnyLayer, type AnyModule, chalk, tape } from "./subjects/sides.ts";
export type { AnyNetwork } from "./summary/network-parts.ts";
export { Summary, type SummaryRow, summary } from "./summary/summary.ts";
