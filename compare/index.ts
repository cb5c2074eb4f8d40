/** Joins the twins: the case table, the gradient checks on it, and the lockstep training of the main job. */
export { type Case, cases, type StudentClass, twins } from "./cases.ts";
export { casesNamed, check, checkCases } from "./check.ts";
export { type CheckOptions, checkCase } from "./check-case.ts";
export { type CheckOpsOptions, checkOp, checkOps } from "./check-ops.ts";
export { checkCasesTwice, checkTwice, notTwice } from "./check-twice.ts";
export {
  type CompareOptions,
  type CompareOutcome,
  compare,
  type EpochRecord,
  type Trainee,
} from "./compare.ts";
export type { ParityRow } from "./differences.ts";
export { evidenceFor, type Failure, type Inputs } from "./evidence.ts";
export { firstParting } from "./first-parting.ts";
export { type Formula, type FormulaWitness, formulaWitness, symbolicWitness } from "./formula-witness.ts";
export { type GradgradcheckOptions, gradgradcheck } from "./gradgradcheck.ts";
export {
  type CompareResult,
  type JobEvents,
  type JobOptions,
  type JobOutcome,
  type JobSettings,
  runJob,
} from "./job.ts";
export { bounds } from "./judge.ts";
export { models, type TwinModel } from "./models.ts";
export type { Draw, OpCase, OpCases } from "./op-cases/op-case.ts";
export { opCases } from "./op-cases/table.ts";
export type { Parting, PartingQuestion } from "./parting.ts";
export { preciseWitness } from "./precise-witness.ts";
export { Reach } from "./reach.ts";
export type { SideEpoch } from "./runner.ts";
export { type AnyLayer, type AnyModule, chalk, tape } from "./sides.ts";
