import { follow, followInTurns } from "./follow.ts";
import { failing, sameSteps } from "./same-steps.ts";
import type { HabitFound, OptimizerHabit, OptimizerSpecimen } from "./stepper.ts";

const quantity = "two optimizers";
const wrong =
  "keep the state in fields of the object, not in a static field or a variable outside the class, and draw from a generator that the constructor makes";

/** A new optimizer starts anew, and two that take turns do not disturb each other. */
export const twoOptimizers: OptimizerHabit = (specimen) => {
  try {
    return compare(specimen);
  } catch (error) {
    const says = `a new object of your class with parameters of other shapes throws ${error}: ${wrong}`;
    return { row: failing(specimen.title, quantity, says) };
  }
};

function compare({ title, make, seed }: OptimizerSpecimen): HabitFound {
  const alone = follow(make, seed).trace;
  const ends = [...alone.values()].flatMap((steps) => steps.map(({ after }) => Array.from(after.flat())));
  if (!ends.flat().every(Number.isFinite)) return null; // NaN differs from itself
  const again = sameSteps(
    title,
    quantity,
    follow(make, seed).trace,
    alone,
    ({ step }) => `a second object of your class takes other steps, from step ${step} on: ${wrong}`,
  );
  if (again.verdict !== "agree") return { row: again };
  // The other one takes its step just before each step of this one.
  const other = followInTurns(make, seed + 1);
  const { trace } = follow(make, seed, { before: () => void other.next() });
  return {
    row: sameSteps(
      title,
      quantity,
      trace,
      alone,
      ({ step }) =>
        `two objects of your class that take turns disturb each other, from step ${step} on: ${wrong}`,
    ),
  };
}
