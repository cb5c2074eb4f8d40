/** The instructor's side, for the commands and the tests; not in the npm package. */

export { type GradedAssignment, gradedAssignment } from "./graded.ts";
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
