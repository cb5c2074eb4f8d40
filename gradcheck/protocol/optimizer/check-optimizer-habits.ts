import type { CheckRow } from "../../report/report.ts";
import { changedInPlace, gradientsUnchanged, reusedGradients } from "./arrays.ts";
import { lrChangedMidway, momentumChangedMidway } from "./changed-midway.ts";
import { equalShapes } from "./equal-shapes.ts";
import { failing } from "./same-steps.ts";
import { nullGradient, zeroGradient } from "./special-gradients.ts";
import type { OptimizerHabit, OptimizerSpecimen } from "./stepper.ts";
import { twoGroups } from "./two-groups.ts";
import { twoOptimizers } from "./two-optimizers.ts";
import { weightDecay } from "./weight-decay.ts";

/** The habits, and what a failure to run at all is called. */
const habits: readonly (readonly [quantity: string, habit: OptimizerHabit])[] = [
  ["gradients unchanged", gradientsUnchanged],
  ["reused gradient arrays", reusedGradients],
  ["parameters of equal shapes", equalShapes],
  ["two groups", twoGroups],
  ["lr changed midway", lrChangedMidway],
  ["momentum changed midway", momentumChangedMidway],
  ["a gradient of 0", zeroGradient],
  ["a gradient that is null", nullGradient],
  ["weight decay", weightDecay],
];

export interface OptimizerHabits {
  readonly rows: readonly CheckRow[];
  /** What the class does not support. */
  readonly leftOut: readonly string[];
  /** What else was seen. */
  readonly notes: readonly string[];
}

/**
 * Checks what a right optimizer does whatever its formula: state, arrays, groups, and numbers that
 * change while it trains. If objects disturb each other or arrays are replaced, the other habits would fail for that reason.
 */
export function checkOptimizerHabits(specimen: OptimizerSpecimen): OptimizerHabits {
  const rows: CheckRow[] = [];
  const leftOut: string[] = [];
  const notes: string[] = [];
  const run = (quantity: string, habit: OptimizerHabit): void => {
    try {
      const found = habit(specimen);
      if (found?.row) rows.push(found.row);
      if (found?.leftOut) leftOut.push(found.leftOut);
      if (found?.note) notes.push(found.note);
    } catch (error) {
      rows.push(failing(specimen.title, quantity, String(error)));
    }
  };
  const isRight = (): boolean => rows.every(({ verdict }) => verdict === "agree");
  run("two optimizers", twoOptimizers);
  if (isRight()) run("changed in place", changedInPlace);
  if (isRight()) for (const [quantity, habit] of habits) run(quantity, habit);
  return { rows, leftOut, notes };
}
