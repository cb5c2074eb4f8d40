import { follow } from "./follow.ts";
import { sameSteps } from "./same-steps.ts";
import type { OptimizerHabit } from "./stepper.ts";

const shapes = { "layer1.weight": [2, 3], "layer2.weight": [2, 3], "layer2.bias": [3], "layer1.bias": [3] };

/**
 * Several parameters of equal shape with different gradients. A class outside the catalogue is compared
 * with itself, given the parameters in another order.
 */
export const equalShapes: OptimizerHabit = ({ title, make, ours, seed }) => {
  const expected = ours
    ? follow(ours, seed, { shapes })
    : follow(make, seed, { shapes, arrange: (all) => [...all].reverse() });
  const unlike = ours ? "differs from ours" : "depends on the order of the parameters";
  return {
    row: sameSteps(
      title,
      "parameters of equal shapes",
      follow(make, seed, { shapes }).trace,
      expected.trace,
      ({ name, step }) =>
        `with two parameters of one shape your step ${unlike} from step ${step} on (seen in ${name}): keep the state of each parameter by its position or in a Map by the parameter itself, not by its shape, and count t once per step`,
    ),
  };
};
