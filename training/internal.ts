/** Shared parts of both sides' loops and debugging aids; not a public entry of the package. */

export { UnitWatch } from "./debugging/dead-units.ts";
export { Hooks } from "./debugging/hooks.ts";
export { lrRange } from "./debugging/lr-range.ts";
export { allFinite, firstNonFinite, nonFiniteStart, type Passage } from "./debugging/non-finite.ts";
export { overfit } from "./debugging/overfit.ts";
export { isOfClass, type NamedPart, partsOf, titleOf } from "./debugging/parts.ts";
export { restoringModel } from "./debugging/restoring-model.ts";
export { TrainingWatch } from "./debugging/training-watch.ts";
export { wrapMethod } from "./debugging/wrap-method.ts";
export { writeAtomically } from "./files/write-atomically.ts";
export * as zipRecords from "./files/zip-records.ts";
export { Average, type AverageState, type Averages, lossValue } from "./loop/average.ts";
export { averageGradients, type GradientSlot, type PartLoss } from "./loop/average-gradients.ts";
export { loadForAll, saveForAll } from "./loop/checkpoint-of-ranks.ts";
export { expectEvaluation, expectModel, expectTrainee, expectTraining } from "./loop/expect-trainee.ts";
export { broadcastArrays, broadcastBuffers, gather } from "./loop/from-rank-zero.ts";
export { inEvaluation } from "./loop/in-evaluation.ts";
export { RankStreams } from "./loop/rank-streams.ts";
export { batchesWithRows, ranksOf, rowsOf, warnOf } from "./loop/ranks.ts";
export { expectSameFacts, factsOfLoader } from "./loop/same-program.ts";
export { decodeSnapshot, isSnapshot } from "./loop/snapshot.ts";
export { restoreStreams, streamStates, streamsOf } from "./loop/streams.ts";
export { isResumable } from "./loop/train-options.ts";
export { TrainingRun } from "./loop/training-run.ts";
