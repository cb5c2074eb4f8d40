import { array, median } from "../np/index.ts";
import { describe, significant } from "../np/internal.ts";
import type { Row, Spread, Summary } from "./study.ts";

/** The median, minimum and maximum over the seeds. @throws RangeError for no values */
export function spread(values: readonly number[]): Spread {
  if (values.length === 0) throw new RangeError("spread: no values, expected one for each seed");
  return {
    median: median(array([...values])).item(),
    min: Math.min(...values),
    max: Math.max(...values),
    values,
  };
}

/** The spread of every measurement. Rows of the same study have the same names. */
export function spreads(rows: readonly Row[]): Summary {
  const names = Object.keys(rows[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, spread(rows.map((row) => row[name] ?? Number.NaN))]));
}

/** One measurement. @throws RangeError for a name that the study does not measure */
export function measured(summary: Summary, name: string): Spread {
  const found = summary[name];
  if (found) return found;
  throw new RangeError(
    `the summary has no measurement ${describe(name)}; expected one of ${Object.keys(summary).join(", ")}`,
  );
}

/** How many seeds pass a test of one measurement. */
export function seedsWhere(summary: Summary, name: string, test: (value: number) => boolean): number {
  return measured(summary, name).values.filter(test).length;
}

/** "92.4 % [91.0, 93.1]": a share as per cent, with its range over the seeds. */
export function percent({ median, min, max }: Spread, digits: number = 1): string {
  const say = (share: number): string => (100 * share).toFixed(digits);
  return `${say(median)} % [${say(min)}, ${say(max)}]`;
}

/** "0.012 [0.010, 0.034]": a number with its range over the seeds. */
export function plain({ median, min, max }: Spread): string {
  return `${significant(median, 2)} [${significant(min, 2)}, ${significant(max, 2)}]`;
}

/** "rings, moons", or "none": names in a sentence. */
export function listed(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.join(", ");
}

/** What the names of measurements hold, such as widths: the number in the pattern's first brackets. */
export function numbersIn(measurements: Row | Summary, pattern: RegExp): number[] {
  return Object.keys(measurements).flatMap((name) => {
    const found = pattern.exec(name)?.[1];
    return found === undefined ? [] : [Number(found)];
  });
}

/** One measurement, a share, in per cent. */
export function inPercent(summary: Summary, name: string): Spread {
  return spread(measured(summary, name).values.map((share) => 100 * share));
}

/** In how many seeds `a` is larger than `b` by more than `margin`. */
export function seedsAbove(summary: Summary, a: string, b: string, margin: number): number {
  const others = measured(summary, b).values;
  return measured(summary, a).values.filter((value, i) => value > (others[i] ?? Number.NaN) + margin).length;
}

/** What is seen in at least 4 of 5 seeds counts as seen. */
export function isUsual(count: number, seeds: number): boolean {
  return count >= 0.8 * seeds;
}
