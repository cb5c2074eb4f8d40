import type { Case, StudentClass } from "chalk-and-tape/compare";
import { judgeWithPreset, type Preset } from "chalk-and-tape/gradcheck";
import { random } from "chalk-and-tape/np";
import { chalk, checkCase, drawInputs } from "#internal/compare";
import { quantitiesOf } from "./mutate.ts";

/** Ours, and the rules of two others. */
export type Checker = "ours" | Preset;
export const checkers: readonly Checker[] = ["ours", "torch", "cs231n"];

/** The number of elements per array of `Mlp` that the other two check; with all of them one check would take an hour. */
const entriesOfMlp = 5;

/**
 * Whether a checker can judge a row. The other two support neither optimizers nor random directions
 * for large networks. On a kink, and where differences would leave the function's domain, they call
 * every backward wrong, which counts as a false alarm and not as a catch.
 */
export function canJudge(checker: Checker, row: Case): boolean {
  return checker === "ours" || (!row.optimizer && !row.large?.directional && !isOnKink(row));
}

function isOnKink(row: Case): boolean {
  return (
    row.witnesses?.noDifferences !== undefined ||
    row.inputs.onKink === true ||
    row.what.startsWith("at its kink")
  );
}

export interface Trial {
  readonly seed: number;
  readonly student?: StudentClass;
  /** For large networks: along random directions only, in a hundredth of the time. */
  readonly directional?: boolean;
}

/** Whether a checker calls chalk's side of a row wrong. An error counts as wrong. */
export function saysWrong(checker: Checker, row: Case, { seed, student, directional }: Trial): boolean {
  try {
    if (checker === "ours")
      return checkCase(row, { seed, student, directional, explained: false }).failed > 0;
    const layer = row.manual(random(seed), student);
    const rng = random(seed);
    const inputs = drawInputs(row.inputs, rng);
    const entries = row.large?.everyParameter ? entriesOfMlp : undefined;
    const quantities = quantitiesOf(row);
    return !judgeWithPreset(chalk(layer), inputs, checker, rng, { quantities, entries }).agrees;
  } catch {
    return true;
  }
}
