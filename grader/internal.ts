/** Parts of the instructor's side for the commands and the tests. */

export { type Cluster, compareAll, type HonestyReport, type Shared } from "./honesty/compare-all.ts";
export { functionPrints } from "./honesty/function-prints.ts";
export { honestyPage } from "./honesty/honesty-page.ts";
export { ownTexts } from "./honesty/own-texts.ts";
export type { FinalScore } from "./pages/final-score.ts";
export { type PageOptions, writePages } from "./pages/write-pages.ts";
export { kinds as vivaKinds } from "./viva/code-questions.ts";
export type { Question } from "./viva/question.ts";
export { vivaQuestions } from "./viva/questions.ts";
export { vivaText } from "./viva/viva-text.ts";
