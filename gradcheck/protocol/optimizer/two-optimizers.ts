import { follow, followInTurns } from "./follow.ts";
import { sameSteps } from "./same-steps.ts";
import type { OptimizerHabit } from "./stepper.ts";

const wrong =
  "keep the state in fields of the object, not in a static field or a variable outside the class, and draw from a generator that the constructor makes";

/** A new optimizer starts anew, and two that take turns do not disturb each other. */
export const twoOptimizers: OptimizerHabit = ({ title, make, seed }) => {
  const quantity = "two optimizers";
  const alone = follow(make, seed).trace;
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
};
