import type { Arrays } from "./frame.ts";

/** Asks the grader, from inside the box, and waits for its answer. */
export type Request = (what: string, inputs: Arrays) => Arrays;

/** What a submission exports. */
export type Submission = Readonly<Record<string, unknown>>;

/**
 * How to call a submission, by the name of the call: the inputs become arguments, the result becomes
 * arrays. This runs beside the submission, so it holds no expected value and judges nothing.
 */
export type Calls = Readonly<
  Record<string, (submission: Submission, inputs: Arrays, request: Request) => Arrays>
>;
