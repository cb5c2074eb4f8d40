/** The instructor's side, for the command and the tests. */

export { type Box, makeBox } from "./box/box.ts";
export { answers } from "./box/without-answers.ts";
export type { GradedAssignment } from "./graded.ts";
export { type Metadata, readMetadata } from "./gradescope/metadata.ts";
export { type GradescopeResults, gradescopeResults, zeroResults } from "./gradescope/results.ts";
export { runScript, setupScript } from "./gradescope/scripts.ts";
export { type BundleOptions, writeBundle } from "./gradescope/write-bundle.ts";
export type { GradedCheck, SubmissionResult, WallProbe } from "./grading/result.ts";
export { ResultFiles } from "./grading/result-files.ts";
export { secretFile } from "./grading/secret.ts";
export { type Cluster, compareAll, type HonestyReport, type Shared } from "./honesty/compare-all.ts";
export { functionPrints } from "./honesty/function-prints.ts";
export { honestyPage } from "./honesty/honesty-page.ts";
export { ownTexts } from "./honesty/own-texts.ts";
export type { FinalScore } from "./pages/final-score.ts";
export { type PageOptions, writePages } from "./pages/write-pages.ts";
export { kinds as vivaKinds } from "./viva/code-questions.ts";
export type { Question } from "./viva/question.ts";
export { vivaQuestions } from "./viva/questions.ts";
export { vivaOf } from "./viva/viva-of.ts";
export { vivaText } from "./viva/viva-text.ts";
export { type FindOptions, findWall, NoWall, wallKinds } from "./walls/find.ts";
export { type Limits, usualLimits } from "./walls/limits.ts";
export { noWall } from "./walls/no-wall.ts";
export { whyNotGrade } from "./walls/node-versions.ts";
export { selfTest, wallProblems } from "./walls/self-test.ts";
export { type CommandOptions, type Wall, type WallKind, WallMissing } from "./walls/wall.ts";
