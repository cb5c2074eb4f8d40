import { describe } from "../np/internal.ts";
import { arrayOf, type Numbers, rowsOf, valuesOf } from "./numbers.ts";

/**
 * Class indices as they are, or the class of each row of scores: the largest of C, or with one
 * logit whether it is above 0.
 * Shapes: (N,), or (N, 1) or (N, C) → N classes.
 * @throws RangeError for numbers that are neither, such as probabilities of a single class
 */
export function classesIn(where: string, name: string, given: Numbers): number[] {
  const found = arrayOf(where, name, given, [1, 2]);
  const columns = found.shape[1] ?? 1;
  if (found.ndim === 2 && columns > 1)
    return rowsOf(found).map((row, i) => indexOfLargest(where, `${name}[${i}]`, row));
  const values = valuesOf(found);
  if (values.every((value) => Number.isInteger(value) && value >= 0)) return values;
  if (found.ndim === 1) {
    const odd = values.findIndex((value) => !Number.isInteger(value) || value < 0);
    throw new RangeError(
      `${where}: ${name}[${odd}] is ${describe(values[odd])}, expected a class index 0, 1, …, or scores of shape (N, C)`,
    );
  }
  expectLogits(
    where,
    name,
    values,
    "give classes: p.greater(0.5) of probabilities p, z.greater(0) of logits z",
  );
  return values.map((value) => Number(value > 0));
}

/**
 * A single score in 0 … 1 for every item may be a logit or a probability.
 * @throws RangeError if all are
 */
export function expectLogits(where: string, name: string, scores: readonly number[], remedy: string): void {
  if (scores.some((score) => !(score >= 0 && score <= 1))) return;
  throw new RangeError(
    `${where}: every score in ${name} lies in 0 … 1, so it may be a logit or a probability; ${remedy}`,
  );
}

function indexOfLargest(where: string, name: string, row: readonly number[]): number {
  const best = row.indexOf(Math.max(...row));
  if (best >= 0) return best;
  throw new RangeError(`${where}: ${name} has NaN, so none of its scores is the largest`);
}
