/** Parts of studies for our own rooms and tests; not exported from the package. */

export { type Entry, Journal } from "./journal.ts";
export { expectedBest } from "./optimizers/tuning-budget.ts";
export { resultDatasets, resultName } from "./results.ts";
export { slide } from "./slide.ts";
export { inPercent, measured, percent, plain, seedsWhere, spread, spreads } from "./spread.ts";
export { strips } from "./strips.ts";
export { outputs } from "./train-on-all.ts";
