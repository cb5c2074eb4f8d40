import { namesakes } from "../../properties.ts";
import { follow } from "./follow.ts";
import { agreeing, failing, partedAt } from "./same-steps.ts";
import type { OptimizerHabit } from "./stepper.ts";

const written =
  "your step changes the gradients that it is given: compute a new array, g.mul(…), and not g.mulInPlace(…)";

/** Gradients are the same before and after the steps, also those of earlier steps. */
export const gradientsUnchanged: OptimizerHabit = ({ title, make, seed }) => {
  const { given, left } = follow(make, seed);
  return { row: namesakes(title, "gradients unchanged", given, left, 0, written) };
};

/** Values change in the arrays that the network holds. */
export const changedInPlace: OptimizerHabit = ({ title, make, seed }) => {
  const quantity = "changed in place";
  const { replaced } = follow(make, seed);
  if (replaced.length === 0) return { row: agreeing(title, quantity) };
  const wrong = `your step replaces p.value (seen in ${replaced.join(", ")}), and the network keeps the old array: change it in place, p.value.addInPlace(g, -lr)`;
  return { row: failing(title, quantity, wrong) };
};

/** Whether the state keeps the array of a gradient. That is right as long as every backward makes a new one. */
export const reusedGradients: OptimizerHabit = ({ make, seed }) =>
  partedAt(follow(make, seed, { reuse: true }).trace, follow(make, seed).trace)
    ? {
        note: "your step keeps the gradient's own array as its state. That is right as long as every backward makes a new array; a copy is safe, g.copy()",
      }
    : null;
