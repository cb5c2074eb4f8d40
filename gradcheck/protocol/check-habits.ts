import { againstExact, noDistance } from "../agreement.ts";
import { propertyRow } from "../properties.ts";
import type { CheckRow } from "../report/report.ts";
import { alternatingModes } from "./alternating-modes.ts";
import { callersArrays } from "./callers-arrays.ts";
import { changedParameters } from "./changed-parameters.ts";
import { forward } from "./run.ts";
import { secondBackward } from "./second-backward.ts";
import type { Habit, Specimen } from "./specimen.ts";
import { twoObjects } from "./two-objects.ts";
import { withoutInputGradient } from "./without-input-gradient.ts";

/** The habits, and what a failure to run at all is called. */
const habits: readonly (readonly [quantity: string, habit: Habit])[] = [
  ["a second backward", secondBackward],
  ["two objects", twoObjects],
  ["changed parameters", changedParameters],
  ["the caller's arrays", callersArrays],
  ["backward without dx", withoutInputGradient],
  ["train, eval, train, eval", alternatingModes],
];

/**
 * Checks what a right layer does whatever its formula: state, order and time. Layers whose new objects
 * do not draw the same numbers cannot be compared with each other, and are left out. Yields between its parts.
 */
export function* checkHabits(specimen: Specimen): Generator<void, CheckRow[]> {
  const [a, b] = [forward(specimen.make(), specimen.draws[0]), forward(specimen.make(), specimen.draws[0])];
  if (!againstExact(a, b, 0).agrees) return [];
  const rows: CheckRow[] = [];
  for (const [quantity, habit] of habits) {
    yield;
    try {
      const row = habit(specimen);
      if (row) rows.push(row);
    } catch (error) {
      rows.push(propertyRow(specimen.title, quantity, noDistance, [], String(error)));
    }
  }
  return rows;
}
