/** Exports for the command line and the tests; not an entry point of the package. */

export { type PairCoverage, pairCoverage, pairsInWords } from "./cases/designed/option-pairs.ts";
export type { OptimizerName } from "./cases/optimizer-pair.ts";
export { checkCases } from "./check/check.ts";
export { checkCase } from "./check/check-case.ts";
export { checkOps } from "./check/check-ops.ts";
export { Propagation } from "./check/whole-network/propagation.ts";
export { evidenceFor, type Inputs } from "./explain/evidence.ts";
export type { Call } from "./explain/first-difference/calls.ts";
export type { FirstDifference } from "./explain/first-difference/difference.ts";
export { firstDifference } from "./explain/first-difference/first-difference.ts";
export { partsOf } from "./explain/first-difference/parts.ts";
export { recordChalk } from "./explain/first-difference/record-chalk.ts";
export { recordTape } from "./explain/first-difference/record-tape.ts";
export { formulaWitness, symbolicWitness } from "./formulas/formula-witness.ts";
export { preciseWitness } from "./formulas/precise-witness.ts";
export { expectJobOptions, jobSettingEntries, settle as settleJob } from "./lockstep/job-settings.ts";
export { bounds, Judge } from "./lockstep/judge.ts";
export { modelFor, modelNamed, models } from "./lockstep/models.ts";
export { type JobOptimizer, jobOptimizers } from "./lockstep/optimizers.ts";
export { counts, type NumberRange, type Setting, seeds } from "./lockstep/setting.ts";
export { type Items, itemsOf, type TwinModel } from "./lockstep/twin-model.ts";
export type { Draw, OpCase, OpCases } from "./op-cases/op-case.ts";
export { opCases } from "./op-cases/table.ts";
export {
  checkCasesSecondOrder,
  checkSecondOrder,
  whyNoSecondDerivatives,
} from "./second-order/check-second-order.ts";
export { differentiableCount, drawInputs } from "./subjects/inputs.ts";
export { strided } from "./subjects/layout.ts";
export { type AnyLayer, type AnyModule, chalk, tape } from "./subjects/sides.ts";
export type { AnyNetwork } from "./summary/network-parts.ts";
