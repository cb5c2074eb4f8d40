/** Joins the twins: the case table, the gradient checks on it, and the lockstep training of the main job. */
export { type Case, cases, type StudentClass, twins } from "./cases.ts";
export { casesNamed, check, checkCases } from "./check.ts";
export { type CheckOptions, checkCase } from "./check-case.ts";
export { type CheckOpsOptions, checkOp, checkOps } from "./check-ops.ts";
export {
  type CompareOptions,
  type CompareOutcome,
  compare,
  type EpochRecord,
  type Trainee,
} from "./compare.ts";
export { evidenceFor, type Failure, type Inputs } from "./evidence.ts";
export { differentiable, draw } from "./inputs.ts";
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
export {
  type Formula,
  type FormulaWitness,
  formulaWitness,
  symbolicWitness,
} from "./paper/formula-witness.ts";
export { preciseWitness } from "./paper/precise-witness.ts";
export { firstParting } from "./parting/first-parting.ts";
export type { Parting, PartingQuestion } from "./parting/parting.ts";
export { Reach } from "./reach/reach.ts";
export { type AnyLayer, type AnyModule, chalk, tape } from "./sides.ts";
export type { AnyNetwork } from "./summary/network-parts.ts";
export { Summary, type SummaryRow, summary } from "./summary/summary.ts";
export { checkCasesTwice, checkTwice, notTwice } from "./twice/check-twice.ts";
export { type GradgradcheckOptions, gradgradcheck } from "./twice/gradgradcheck.ts";
