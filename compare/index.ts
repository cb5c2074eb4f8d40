export { type Case, cases, type StudentClass, twins } from "./cases.ts";
export { type CheckReport, casesNamed, check, checkCases } from "./check.ts";
export { type CaseResult, type CheckOptions, type CheckRow, checkCase } from "./check-case.ts";
export { formatCheck } from "./format-check.ts";
export { nearest } from "./nearest.ts";
