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

/** The habits, and what was done if one stops with an error. */
const habits: readonly (readonly [quantity: string, habit: Habit, doing: string])[] = [
  [
    "a second backward",
    secondBackward,
    "a second backward after one forward (backward must not forget what forward remembered)",
  ],
  ["two objects", twoObjects, "a forward and backward of two objects of the class in turns"],
  [
    "changed parameters",
    changedParameters,
    "a forward and backward after the parameters have changed in place, as an optimizer changes them",
  ],
  [
    "the caller's arrays",
    callersArrays,
    "a later forward and backward, after the caller has overwritten x and dy",
  ],
  [
    "backward without dx",
    withoutInputGradient,
    "backward(dy, { input: false }), which the training loop calls for the first layer: the option may only leave out dx. It",
  ],
  ["train, eval, train, eval", alternatingModes, "forward in training and evaluation in turns"],
];

/**
 * Checks what a right layer does whatever its formula: state, order and time. Layers whose new objects
 * do not draw the same numbers cannot be compared with each other, and are left out. Yields between its parts.
 */
export function* checkHabits(specimen: Specimen): Generator<void, CheckRow[]> {
  const [a, b] = [forward(specimen.make(), specimen.draws[0]), forward(specimen.make(), specimen.draws[0])];
  if (!againstExact(a, b, 0).agrees) return [];
  const rows: CheckRow[] = [];
  for (const [quantity, habit, doing] of habits) {
    yield;
    try {
      const row = habit(specimen);
      if (row) rows.push(row);
    } catch (error) {
      const diagnosis = `${doing} stops with ${error}`;
      rows.push(propertyRow(specimen.title, quantity, noDistance, [], diagnosis));
    }
  }
  return rows;
}
