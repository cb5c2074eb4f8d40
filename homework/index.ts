/** Assignments: a student's file is checked in a process of its own, and the report says what is wrong. */

export type { Assignment, Essay, Task } from "./assignment.ts";
export { type CheckHomeworkOptions, checkHomework } from "./checking/check-homework.ts";
export type { HomeworkReport } from "./checking/homework-report.ts";
export type { Check, CheckResult, Examiner, Known } from "./checks/check.ts";
export { checkOrder } from "./parsons/check-order.ts";
