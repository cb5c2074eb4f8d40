import type { StudentClass } from "chalk-and-tape/compare";
import type { Cause as Diagnosed } from "#internal/gradcheck";

/** The true mistake, named like the checker's causes; "other" if it is none of the common ones. */
export type Cause =
  | Exclude<Diagnosed, "derivative missing" | "other shape" | "other factor" | "unknown">
  | "other";

/** A wrong program that looks right, as a student might hand it in for one of chalk's classes. */
export interface ZooEntry {
  /** kebab-case, unique. */
  readonly id: string;
  /** The class that it replaces, as in `check(name, student)`. */
  readonly name: string;
  /** What is wrong, in one line. */
  readonly what: string;
  /** Why students write it, in one line. */
  readonly why: string;
  /** How to fix it, in one line. */
  readonly fix: string;
  readonly cause: Cause;
  /** The row of the report that must fail, and a pattern that its diagnosis must match. */
  readonly expects: { readonly quantity: string; readonly says: RegExp };
  readonly student: StudentClass;
}

/** Matches the diagnosis of a gradient with the right shape and wrong numbers. */
export const alone: RegExp = /your backward stands alone/;

/** Patterns that match the diagnosis of a cause where the checker tells it in other words than its own cause. */
export const causeInWords: { readonly [C in Exclude<Cause, "other">]?: RegExp } = {
  "factor N": /is the right one times \d+ = (N, the batch|the number of elements of x)/,
  "factor 1/N": /is the right one divided by \d+ = (N, the batch|the number of elements of x)/,
  "factor 2": /is the right one (times|divided by) 2:/,
  sign: /is the right one with the wrong sign/,
  transposed: /transpose of the right one|for a transposed weight|the right numbers in another order/,
  "not summed": /sum over that axis|so backward sums over it|\.sum\(0\)/,
  mask: /mask|the backward of relu\d is never called/,
  "permuted rows": /the right rows in another order/,
  "upstream ignored": /backward ignores the dy/,
  zero: /is 0 everywhere|assigned no gradient|returned no dx/,
  "stale cache": /an earlier forward|remembers only the last call|is the size of the first one kept/,
  accumulated: /this backward and an earlier one/,
};
