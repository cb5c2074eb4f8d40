/** The parts that the grader shares with `homework check`; not a public entry of the package. */

export type { Assignment, Essay, Task } from "./assignment.ts";
export { assignmentNamed, assignmentNames } from "./assignments.ts";
export { checkFile, type FileResults } from "./checking/check-file.ts";
export { type CheckHomeworkOptions, checkHomework } from "./checking/check-homework.ts";
export { compile, largestFile, NotGradable, noEnums, readSubmission } from "./checking/compile.ts";
export {
  type HintTaken,
  hintFile,
  hintsFor,
  levelFor,
  nextLevel,
  readHints,
  recordHint,
} from "./checking/hints.ts";
export { HomeworkReport } from "./checking/homework-report.ts";
export { type LocalBox, localBox } from "./checking/local-box.ts";
export { type RunOptions, runChecks } from "./checking/run-checks.ts";
export { typeErrors } from "./checking/type-errors.ts";
export type { Check, CheckResult, Examiner, Known } from "./checks/check.ts";
export { Failure } from "./checks/failure.ts";
export * as hw1 from "./hw1/parts.ts";
export * as hw2 from "./hw2/examinations.ts";
export * as hw3 from "./hw3/parts.ts";
export * from "./hw4/internal.ts";
export { checkOrder, type OrderPuzzle, verdict } from "./parsons/check-order.ts";
export {
  brokenRule,
  isPart,
  isRightOrder,
  overlap,
  type Rule as OrderRule,
  rulesOf,
} from "./parsons/order.ts";
export type { Calls, Request, Submission } from "./protocol/calls.ts";
export { type BoxCommand, machineCause } from "./protocol/child-process.ts";
export { Conversation, type Replies, type TimeLimits } from "./protocol/conversation.ts";
export { type Arrays, decode, encode, type Frame, largestFrame } from "./protocol/frame.ts";
export { Waiting } from "./protocol/waiting.ts";
