/** The parts that the grader shares with `homework check`; not a public entry of the package. */

export type { Assignment, Essay, Task } from "./assignment.ts";
export { assignmentNamed, assignmentNames } from "./assignments.ts";
export { compile, largestFile, NotGradable, readSubmission } from "./checking/compile.ts";
export { type RunOptions, runChecks } from "./checking/run-checks.ts";
export type { Check, CheckResult, Examiner, Known } from "./checks/check.ts";
export { Failure } from "./checks/failure.ts";
export * from "./hw4/internal.ts";
export type { Calls, Request, Submission } from "./protocol/calls.ts";
export { type BoxCommand, Conversation, type Replies, type TimeLimits } from "./protocol/conversation.ts";
export { type Arrays, decode, encode, type Frame, largestFrame } from "./protocol/frame.ts";
