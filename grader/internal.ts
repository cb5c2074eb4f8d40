/** What the tests and the commands share with the grader; not a public entry of the package. */

export { type GradedAssignment, gradedAssignment } from "./graded.ts";
export * as hw4 from "./hw4/internal.ts";
export { type KnownAnswer, textOf } from "./known-answer.ts";
