import type { Cause } from "../diagnosis/evidence.ts";

/**
 * Who says what a gradient is. `manual` chalk, `autograd` the tape, `analytical` the backward of a function under `gradcheck`;
 * `numerical` finite differences, `symbolic` mathjs's derivative of a formula, `precise` an evaluation with 64 digits.
 */
export type Witness = "manual" | "autograd" | "analytical" | "numerical" | "symbolic" | "precise";

/** `vacuous`: nothing is wrong, but the gradient is 0 everywhere, so that any backward would pass. That fails, too. */
export type Verdict = "agree" | "disagree" | "vacuous";

/** Where the witnesses differ most and what each says there; null for one that has no say on this element. */
export type Worst = { readonly index: readonly number[] } & { readonly [W in Witness]?: number | null };

/** What became of one quantity: the gradient of an input or a parameter, or a property such as "linear in dy". */
export interface CheckRow {
  /** `Linear: 5 → 3` */
  readonly case: string;
  readonly quantity: string;
  readonly shape: readonly number[];
  /** The largest difference between any two witnesses. */
  readonly maxAbsolute: number;
  /** The largest difference relative to the larger of the two, among elements above 1e-7. */
  readonly maxRelative: number;
  /** Of the gradient under test (chalk's, or the analytical one) with what it is judged by; null where there are no two arrays. */
  readonly cosine: number | null;
  /** The factor r that brings r · reference nearest to the gradient under test: 1 when right, −1 for a wrong sign. */
  readonly ratio: number | null;
  readonly verdict: Verdict;
  readonly worst: Worst;
  /** Each witness's largest error relative to the 64-digit value; only where there is one. */
  readonly errors?: { readonly [W in Witness]?: number };
  /** Why a witness says nothing here: the "–" of the table. */
  readonly silent?: { readonly [W in Witness]?: string };
  /** Elements near or on a kink. */
  readonly kinks: number;
  /** The one witness without whom all others agree, where there is one: who is wrong. */
  readonly alone?: Witness;
  /** Which known mistake it looks like. */
  readonly cause?: Cause;
  /** What it looks like, and where to look; only where something is wrong. */
  readonly diagnosis?: string;
}

/** The outcome of any check: of a function, of a student's class, of the case table. `gradcheck --json` prints it. */
export interface CheckReport {
  readonly rows: readonly CheckRow[];
  readonly passed: number;
  readonly failed: number;
  /** Elements near which the function bends, or on which it has a kink. */
  readonly kinks: number;
  readonly seed: number;
  /** The call or the command that gives this report again. */
  readonly repeat: string;
}
