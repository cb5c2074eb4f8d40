export type { FinalScore } from "../pages/final-score.ts";
export { writePages } from "../pages/write-pages.ts";
