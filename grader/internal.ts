/** What the tests and the commands share with the grader; not a public entry of the package. */

export { type Box, makeBox } from "./box/box.ts";
export { answers } from "./box/without-answers.ts";
export { type GradedAssignment, gradedAssignment } from "./graded.ts";
export { type Metadata, readMetadata } from "./gradescope/metadata.ts";
export {
  type GradescopeResults,
  type GradescopeTest,
  gradescopeResults,
  zeroResults,
} from "./gradescope/results.ts";
export { runScript, setupScript } from "./gradescope/scripts.ts";
export { type BundleOptions, writeBundle } from "./gradescope/write-bundle.ts";
export { fileNameOf } from "./grading/file-name.ts";
export { type Frozen, freeze } from "./grading/freeze.ts";
export { gradeOne, notGradable } from "./grading/grade-one.ts";
export { type Ground, makeGround, wallText } from "./grading/ground.ts";
export { type JournalLine, readJournal } from "./grading/journal.ts";
export { lockFolder } from "./grading/lock.ts";
export { MachineError } from "./grading/machine-error.ts";
export { Parser } from "./grading/parsing.ts";
export type { GradedCheck, SubmissionResult, WallProbe } from "./grading/result.ts";
export { ResultFiles, readResults } from "./grading/result-files.ts";
export { type GradeOptions, gradeAll, type RunSummary, WallBroken } from "./grading/run.ts";
export { courseSecret, secretFile, seedOf, warningAboutSecret } from "./grading/secret.ts";
export { isIn, type Shard, shardFrom } from "./grading/shard.ts";
export { graderVersion } from "./grading/version.ts";
export { type Cluster, compareAll, type HonestyReport, type Shared } from "./honesty/compare-all.ts";
export { functionPrints } from "./honesty/function-prints.ts";
export { honestyPage } from "./honesty/honesty-page.ts";
export { ownTexts } from "./honesty/own-texts.ts";
export * as hw4 from "./hw4/internal.ts";
export { type Handed, readSubmissions } from "./intake/intake.ts";
export { type RosterEntry, readRoster } from "./intake/roster.ts";
export { readTimestamp } from "./intake/timestamp.ts";
export { type KnownAnswer, textOf } from "./known-answer.ts";
export { type Mutant, mutantsOf } from "./mutants/mutants.ts";
export type { FinalScore } from "./pages/final-score.ts";
export { type PageOptions, writePages } from "./pages/write-pages.ts";
export { type ClassReport, measureClass } from "./rehearsal/class.ts";
export { type RehearsalCase, type RehearsalRow, rehearsalCases, rehearse } from "./rehearsal/rehearse.ts";
export { writeClass } from "./rehearsal/synthetic-class.ts";
export { editionOf, type Files, variantOf } from "./release/edition.ts";
export { expectGradable } from "./release/gradable.ts";
export { expectNothingHidden, hiddenIn, solutionIn } from "./release/leaks.ts";
export { regionsOf } from "./release/markers.ts";
export { nbgraderConfig, nbgraderCourse } from "./release/nbgrader-course.ts";
export { notebookFile } from "./release/notebook.ts";
export { notebookCells } from "./release/notebook-source.ts";
export { puzzleOf, puzzlesIn } from "./release/parsons-puzzle.ts";
export { type ReleaseOptions, release } from "./release/release.ts";
export { readStudents } from "./release/roster.ts";
export { readSources, type Sources } from "./release/sources.ts";
export { expectMarkers, stripSolutions } from "./release/strip.ts";
export { parsed } from "./release/syntax.ts";
export { variantSeed } from "./release/variant-seed.ts";
export { classCsv } from "./table/class-csv.ts";
export { gradesColumns, gradesCsv } from "./table/grades-csv.ts";
export { daysLate, hoursLate, lateRuleFrom, penaltyOf } from "./table/late.ts";
export { type Additions, marksOf, type StudentMark } from "./table/marks.ts";
export { readParts, writeMerged } from "./table/merge.ts";
export { readOverrides, readRubric } from "./table/overrides.ts";
export {
  type AdditionFlags,
  type ReadAdditions,
  readAdditions,
  writeRunSettings,
} from "./table/read-additions.ts";
export { writeTables } from "./table/write-tables.ts";
export { kinds as vivaKinds } from "./viva/code-questions.ts";
export type { Question } from "./viva/question.ts";
export { vivaQuestions } from "./viva/questions.ts";
export { vivaOf } from "./viva/viva-of.ts";
export { vivaText } from "./viva/viva-text.ts";
export type { Target } from "./walls/attempts.ts";
export { type FindOptions, findWall, NoWall, wallKinds } from "./walls/find.ts";
export { type Limits, usualLimits } from "./walls/limits.ts";
export { noWall } from "./walls/no-wall.ts";
export { whyNotGrade } from "./walls/node-versions.ts";
export { ProbeBox } from "./walls/probe-box.ts";
export { selfTest, wallProblems } from "./walls/self-test.ts";
export { openTargets, type Targets } from "./walls/targets.ts";
export { type CommandOptions, type Wall, type WallKind, WallMissing } from "./walls/wall.ts";
