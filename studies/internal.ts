/** Parts of studies for our own rooms and tests; not exported from the package. */

export { compressing, narrowing } from "./bottleneck/index.ts";
export { claimRow } from "./claims/claim-row.ts";
export { combined } from "./claims/combined.ts";
export type { ClaimDefinition } from "./claims/definition.ts";
export { lessonTitles } from "./claims/lesson-titles.ts";
export { claimsPage, claimsTable } from "./claims/page.ts";
export { claimsPicture } from "./claims/picture.ts";
export { claimDefinitions, slidesWithoutClaim } from "./claims/table.ts";
export { Journal } from "./journal.ts";
export { expectedBest } from "./optimizers/tuning-budget.ts";
export { resultDatasets, resultName } from "./results.ts";
export { told as separabilityTold } from "./separability/index.ts";
export { slide } from "./slide.ts";
export { spread } from "./spread.ts";
export { outputs } from "./train-on-all.ts";
