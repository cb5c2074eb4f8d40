import type { StudentClass } from "chalk-and-tape/compare";

/** What is truly wrong, in the words of the checker's diagnosis; "other" is what no common pattern explains. */
export type Cause =
  | "factor N"
  | "factor 1/N"
  | "factor 2"
  | "sign"
  | "transposed"
  | "not summed"
  | "mask"
  | "permuted rows"
  | "upstream ignored"
  | "zero"
  | "stale cache"
  | "accumulated"
  | "other";

/** A wrong program that looks right: what a student hands in for one class of chalk's. */
export interface ZooEntry {
  /** kebab-case, unique. */
  readonly id: string;
  /** The class that it stands in for, as in `check(name, student)`. */
  readonly name: string;
  /** What is wrong, in one line. */
  readonly what: string;
  /** Why students write it, in one line. */
  readonly why: string;
  /** How it is put right, in one line. */
  readonly fix: string;
  readonly cause: Cause;
  /** The row of the report that must fail, and a pattern of its diagnosis. */
  readonly expects: { readonly quantity: string; readonly says: RegExp };
  readonly student: StudentClass;
}

/** What is said of a gradient with a shape that fits and numbers that do not. */
export const alone: RegExp = /chalk stands alone/;
