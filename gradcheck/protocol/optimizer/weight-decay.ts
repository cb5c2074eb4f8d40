import { follow } from "./follow.ts";
import { partedAt, sameSteps } from "./same-steps.ts";
import type { OptimizerHabit } from "./stepper.ts";

const change = { weightDecay: 0.1 };

/** Weight decay is where ours has it, if the class takes { weightDecay } at all. */
export const weightDecay: OptimizerHabit = ({ title, make, ours, seed }) => {
  if (!ours) return null;
  const run = (build: typeof make): ReturnType<typeof follow>["trace"] | null => {
    try {
      return follow(build, seed, { change }).trace;
    } catch {
      return null; // an unknown option
    }
  };
  const [found, expected] = [run(make), run(ours)];
  if (!expected) return null;
  const leftOut = "weight decay, as your class does not use { weightDecay }";
  if (!found || !partedAt(found, follow(make, seed).trace))
    return partedAt(expected, follow(ours, seed).trace) ? { leftOut } : null;
  return {
    row: sameSteps(
      title,
      "weight decay",
      found,
      expected,
      ({ step }) =>
        `with { weightDecay: 0.1 } your step differs from ours, from step ${step} on: look at the line with the decay, and at its place before or after the momentum`,
    ),
  };
};
