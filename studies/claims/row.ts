import type { Finding, Spread, Verdict } from "../study.ts";

/** One measurement over the seeds. */
export type Measurement = Omit<Spread, "values">;

/** One source of a verdict: a study on one data set, a computation, or a dated fact. */
export interface ClaimRun extends Finding {
  /** Gives the numbers again; null for a dated fact. */
  readonly command: string | null;
  readonly dataset: string;
  /** null for what is not drawn at random. */
  readonly seeds: number | null;
  /** The day, as 2026-11-29; for a computation, which every test run repeats, null. */
  readonly date: string | null;
  readonly numbers: Readonly<Record<string, Measurement>>;
}

/** A claim of the lecture with its verdict: a row of `studies/claims.json`. */
export interface ClaimRow {
  readonly id: string;
  readonly lesson: string;
  readonly slides: readonly string[];
  readonly short: string;
  readonly statement: string;
  readonly hedge: string | null;
  readonly kind: "measured" | "computed" | "dated";
  readonly verdict: Verdict;
  /** What was seen, within which limits. */
  readonly sentence: string;
  readonly runs: readonly ClaimRun[];
  readonly correctedSlide: string | null;
}
