/** Shared parts of both sides' debugging aids. */

export type { DeadUnits } from "./dead-units.ts";
export { Hooks } from "./hooks.ts";
export { type LrPoint, type LrRange, type LrRangeSettings, lrRange } from "./lr-range.ts";
export { allFinite, firstNonFinite, nonFiniteStart, type Passage } from "./non-finite.ts";
export { type Overfit, type OverfitSettings, overfit } from "./overfit.ts";
export { type NamedPart, partsOf, titleOf } from "./parts.ts";
export { restoringModel } from "./restoring-model.ts";
export { TrainingWatch, type Watch } from "./training-watch.ts";
export { wrapMethod } from "./wrap-method.ts";
