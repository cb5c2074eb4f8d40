/** Parts of the instructor's side for the commands and the tests. */

export { type Cluster, compareAll, type HonestyReport, type Shared } from "./honesty/compare-all.ts";
export { functionPrints } from "./honesty/function-prints.ts";
export { honestyPage } from "./honesty/honesty-page.ts";
export { ownTexts } from "./honesty/own-texts.ts";
export type { FinalScore } from "./pages/final-score.ts";
export { type PageOptions, writePages } from "./pages/write-pages.ts";
