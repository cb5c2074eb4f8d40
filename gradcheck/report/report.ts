import type { Advice } from "../diagnosis/advice.ts";
import type { Cause } from "../diagnosis/evidence.ts";

/**
 * A source of a gradient: `manual` is chalk, `autograd` the tape, `analytical` the backward of a
 * function under `gradcheck`, `numerical` finite differences, `symbolic` mathjs's derivative of a
 * formula, `precise` an evaluation with 64 digits.
 */
export type Witness = "manual" | "autograd" | "analytical" | "numerical" | "symbolic" | "precise";

/**
 * `vacuous`: no difference was found, but the gradient is 0 everywhere, so any backward would pass.
 * That fails too.
 */
export type Verdict = "agree" | "disagree" | "vacuous";

/**
 * Where the witnesses differ most, and each one's value there; null for one without a value for
 * this element.
 */
export type Worst = { readonly index: readonly number[] } & { readonly [W in Witness]?: number | null };

/**
 * The result for one quantity: the gradient of an input or a parameter, or a property such as
 * "linear in dy".
 */
export interface CheckRow {
  /** `Linear: 5 → 3` */
  readonly case: string;
  readonly quantity: string;
  readonly shape: readonly number[];
  /** The largest difference between any two witnesses. */
  readonly maxAbsolute: number;
  /** The largest difference relative to the larger of the two, among elements above 1e-7. */
  readonly maxRelative: number;
  /**
   * The cosine between the gradient under test (chalk's, or the analytical one) and its reference;
   * null without two arrays.
   */
  readonly cosine: number | null;
  /** The factor r for which r · reference is nearest to the gradient under test: 1 if right, −1 for a wrong sign. */
  readonly ratio: number | null;
  readonly verdict: Verdict;
  readonly worst: Worst;
  /** Each witness's largest error relative to the 64-digit value, if there is one. */
  readonly errors?: { readonly [W in Witness]?: number };
  /** Why a witness has no value here: the "–" of the table. */
  readonly silent?: { readonly [W in Witness]?: string };
  /** The number of elements near or on a kink. */
  readonly kinks: number;
  /** The witness who is wrong: the only one without whom all others agree. */
  readonly alone?: Witness;
  /** The known mistake that it looks like. */
  readonly cause?: Cause;
  /** What the mistake looks like, and where to look; only if something is wrong. */
  readonly diagnosis?: string;
  /** The diagnosis in pieces, so that a report can give away less: see `hints` of `formatReport`. */
  readonly advice?: readonly Advice[];
}

/**
 * The result of any check: of a function, of a student's class, of the case table. `gradcheck
 * --json` prints it.
 */
export interface CheckReport {
  readonly rows: readonly CheckRow[];
  readonly passed: number;
  readonly failed: number;
  /** The number of elements near or on a kink of the function. */
  readonly kinks: number;
  readonly seed: number;
  /** The call or command that repeats this report. */
  readonly repeat: string;
  /** What was assumed or left out, one line each. */
  readonly notes?: readonly string[];
}
