import type { Boundary } from "./boundary.ts";
import type { EpochRecord } from "./epochs.ts";
import { finite } from "./number-format.ts";
import type { Samples } from "./samples.ts";

/** The result of `compare`: its JSON document. */
export interface ComparisonResult {
  readonly dataset: string;
  readonly model: string;
  readonly parameters: number;
  readonly dtype: string;
  readonly engine: string;
  readonly seed: number | string;
  readonly epochs: readonly EpochRecord[];
  readonly agree: boolean;
}

/**
 * The final difference of one quantity between the sides. `maxRelative` is relative to the
 * quantity's largest value.
 */
export interface ParityRow {
  readonly quantity: string;
  readonly shape: readonly number[];
  readonly maxAbsolute: number;
  readonly maxRelative: number;
  readonly bound: number;
  readonly agrees: boolean;
}

/** One run in a report, as plain data. */
export interface RunReport {
  readonly result: ComparisonResult;
  /** The verdict in words. */
  readonly verdict: string;
  readonly parity: readonly ParityRow[];
  readonly boundary?: readonly Boundary[] | undefined;
  readonly samples?: Samples | undefined;
  /**
   * The bound shown in the chart of differences; by default the largest bound of the parity table.
   */
  readonly bound?: number | undefined;
  /** The command that repeats the run; by default built from the result's fields. */
  readonly command?: string | undefined;
}

/**
 * Lists in words why a run does not agree; empty if it does. A value that is not a number cannot
 * agree, whatever `agree` says.
 */
export function complaints({ result, parity }: RunReport): string[] {
  const found: string[] = [];
  for (const { epoch, manual, autograd, maxGradientDifference, maxWeightDifference } of result.epochs) {
    const numbers = { maxGradientDifference, maxWeightDifference };
    for (const [side, measured] of Object.entries({ chalk: manual, tape: autograd, difference: numbers })) {
      for (const [name, value] of Object.entries(measured)) {
        const isNoAccuracy = value === null && name.endsWith("Accuracy");
        if (!finite(value) && !isNoAccuracy)
          found.push(`Epoch ${epoch}, ${side}: ${name} is ${Number(value ?? Number.NaN)}.`);
      }
    }
  }
  for (const row of parity.filter((each) => !rowAgrees(each))) found.push(`${row.quantity} differs.`);
  if (!result.agree && found.length === 0) found.push("The comparison reports disagree.");
  return found;
}

/** Whether a row of the parity table agrees and its numbers are finite. */
export function rowAgrees(row: ParityRow): boolean {
  return row.agrees && finite(row.maxAbsolute) && finite(row.maxRelative);
}

/** Returns the command line that repeats a run. */
export function repeatCommand({ result, command }: RunReport): string {
  if (command !== undefined) return command;
  const options = {
    dataset: result.dataset,
    model: result.model,
    epochs: result.epochs.length,
    dtype: result.dtype,
    engine: result.engine,
    seed: result.seed,
  };
  const words = Object.entries(options).map(([name, value]) => `--${name} ${quote(String(value))}`);
  return `npx chalk-and-tape compare ${words.join(" ")}`;
}

/** Quotes a word for a POSIX shell. */
function quote(word: string): string {
  return /^[\w.:@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
