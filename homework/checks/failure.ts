import type { Advice } from "../../gradcheck/index.ts";

/** A check that did not pass: what to tell the student, and the kind of mistake. */
export class Failure extends Error {
  override readonly name: string = "Failure";
  readonly advice: Advice;
  /** A cause of the diagnosis, or "thrown", "time", "ended", "answer", "machine". */
  override readonly cause: string;
  /** Whether nothing else was wrong, so that the cause may earn a part of the points. */
  readonly isAlone: boolean;

  constructor(
    cause: string,
    advice: { where: string; what?: string; cure?: string },
    { isAlone = true }: { readonly isAlone?: boolean } = {},
  ) {
    super(advice.where);
    this.cause = cause;
    this.isAlone = isAlone;
    const { where, what = where, cure = "" } = advice;
    this.advice = { where, what, cure };
  }
}
