import type { Boundary } from "./boundary.ts";
import type { EpochRecord } from "./epochs.ts";
import { finite } from "./number-format.ts";
import type { Samples } from "./samples.ts";

/** A comparison as `compare` returns it: its JSON document. */
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

/** How far one quantity of both sides lies apart at the end. `maxRelative` is relative to the quantity's largest value. */
export interface ParityRow {
  readonly quantity: string;
  readonly shape: readonly number[];
  readonly maxAbsolute: number;
  readonly maxRelative: number;
  readonly bound: number;
  readonly agrees: boolean;
}

/** One run in a report: plain data. */
export interface RunReport {
  readonly result: ComparisonResult;
  /** The verdict in words. */
  readonly verdict: string;
  readonly parity: readonly ParityRow[];
  readonly boundary?: readonly Boundary[] | undefined;
  readonly samples?: Samples | undefined;
  /** The bound that the chart of differences shows; by default the largest bound of the parity table. */
  readonly bound?: number | undefined;
  /** The command that repeats the run; by default made from the result's fields. */
  readonly command?: string | undefined;
}

/** Why a run does not agree, in words; nothing when it does. What is not a number cannot agree, whatever `agree` says. */
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

/** Whether a row of the parity table agrees, with numbers to show for it. */
export function rowAgrees(row: ParityRow): boolean {
  return row.agrees && finite(row.maxAbsolute) && finite(row.maxRelative);
}

/** The command line that repeats a run. */
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

/** A word as a POSIX shell reads it back. */
function quote(word: string): string {
  return /^[\w.:@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
