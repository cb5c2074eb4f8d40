import type { Picture } from "../plots/index.ts";

/** What one seed measured, by name. Every number is finite. */
export type Row = Readonly<Record<string, number>>;

/** One measurement over all seeds, in the order of the seeds. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly values: readonly number[];
}

/** All measurements of a study, by name. */
export type Summary = Readonly<Record<string, Spread>>;

/** The four things that a study can say about a claim. */
export type Verdict = "holds" | "holds within limits" | "not seen here" | "not measurable here";

/** A verdict with the sentence that says what was seen, and within which limits. */
export interface Finding {
  readonly verdict: Verdict;
  readonly sentence: string;
}

/** What can be changed about a study: numbers of steps, widths, the data set. */
export type Options = Readonly<
  Record<string, number | string | boolean | readonly number[] | readonly string[]>
>;

/** Called during a run with the share done, 0 … 1, and what is being done. */
export type Report = (share: number, note: string) => void;

/** A study on another data set than its own. */
export interface OtherDataset {
  /** The data, as the study's own `dataset` says them. */
  readonly dataset: string;
  /** What it replaces in the study's options. */
  readonly options?: Options;
}

/**
 * An experiment about claims of the lecture. Equal seeds and options give equal numbers, so a
 * result can be made again. `run` yields to the event loop, so that Ctrl-C works.
 */
export interface Study<O extends Options = Options> {
  readonly name: string;
  /** The ids of the claims that it measures, as in `claims`. */
  readonly claims: readonly string[];
  readonly question: string;
  readonly dataset: string;
  /** How many seeds are run, 0, 1, …, unless another number is asked for. */
  readonly seeds: number;
  readonly options: O;
  /** By the name that `--dataset` takes; a study with an option `dataset` takes other names, too. */
  readonly otherDatasets?: Readonly<Record<string, OtherDataset>>;
  run(seed: number, options: O, report: Report): Promise<Row>;
  summary(rows: readonly Row[]): Summary;
  verdict(summary: Summary): Finding;
  pictures(summary: Summary): readonly Picture[];
}
