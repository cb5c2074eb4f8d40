import type { Evidence } from "../../gradcheck/internal.ts";
import type { NDArray, Random } from "../../np/index.ts";
import type { Replies } from "../protocol/conversation.ts";
import type { Arrays } from "../protocol/frame.ts";

/** What a check may use: the submission answers questions, and the check judges the answers. */
export interface Examiner {
  /** Drawn for this check and this submission alone. */
  readonly random: Random;
  /** The text of the student's file, frozen before anything was drawn. Read it as data: never run it here. */
  readonly source: string;
  /** Stands for the submission: the same object in all its checks, and another one for another submission. */
  readonly submission: object;
  /**
   * Calls the submission. `call` is a name of the assignment's `calls.ts`, which turns the arrays into
   * arguments and the result into arrays.
   * @throws Failure if the submission throws, ends, takes too long or answers with something else
   */
  ask(call: string, inputs: Arrays, replies?: Replies): Promise<Arrays>;
  /**
   * Compares an array of the answer with the right one, relative to its largest element (default
   * tolerance: 1e-9), and diagnoses a difference.
   * @throws Failure with a diagnosis
   */
  agree(quantity: string, found: NDArray | undefined, expected: NDArray, known?: Known): void;
  /**
   * Runs judgements in order. The first failure counts, and earns a part only if the rest holds, or fails for
   * the same cause.
   * @throws Failure the first one
   */
  together(judgements: Iterable<() => void | Promise<void>>): Promise<void>;
  /** @throws Failure with this advice unless the condition holds */
  require(condition: boolean, advice: { where: string; what?: string; cure?: string; cause?: string }): void;
}

/** What helps a diagnosis: the parts of `Evidence` that a check knows, and a tolerance. */
export type Known = Partial<Omit<Evidence, "quantity" | "found" | "expected">> & {
  readonly tolerance?: number;
};

/** One thing that is checked. Its title is a contract: "linearBackward: db is the sum over the batch". */
export interface Check {
  /** Unique in its assignment: `t2-bias`. */
  readonly id: string;
  readonly task: number;
  readonly points: number;
  readonly title: string;
  /** Checks that must have passed; else this one is skipped, and says why. */
  readonly needs: readonly string[];
  /** The causes of the assignment's table of credit that earn a part here; none by default. */
  readonly credit?: readonly string[];
  /** Throws a Failure if the submission is wrong. */
  readonly run: (examiner: Examiner) => Promise<void>;
}

/** How a check ended. */
export interface CheckResult {
  readonly id: string;
  readonly task: number;
  readonly title: string;
  readonly points: number;
  /** The share of the points that it earned, 0 … 1. */
  readonly share: number;
  readonly state: "passed" | "failed" | "skipped";
  /** What to say about it, one sentence for each level of hints; null if it passed. */
  readonly advice: { readonly where: string; readonly what: string; readonly cure: string } | null;
  /** The cause of the diagnosis, "thrown", "time", "ended" …; null if it passed. */
  readonly cause: string | null;
}
