/** What the tests and the commands share with the grader; not a public entry of the package. */

export { type GradedAssignment, gradedAssignment } from "./graded.ts";
export { type KnownAnswer, textOf } from "./known-answer.ts";
