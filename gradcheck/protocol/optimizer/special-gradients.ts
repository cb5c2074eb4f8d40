import { follow, type Plan } from "./follow.ts";
import { sameSteps } from "./same-steps.ts";
import type { OptimizerHabit } from "./stepper.ts";

/** The parameter without a gradient comes first: a step that stops there leaves the others alone. */
const first = "weight";

/** The first gradient is 0, and so is a later one. */
const zeros: Plan = {
  gradient: (drawn, step, name) => (name === first && step % 3 === 1 ? drawn.mul(0) : drawn),
};

/** A gradient of 0, first of all, gives no 0 / 0. A class outside the catalogue only has to stay finite. */
export const zeroGradient: OptimizerHabit = ({ title, make, ours, seed }) => {
  const found = follow(make, seed, zeros).trace;
  const expected = ours ? follow(ours, seed, zeros).trace : found; // NaN differs from itself
  return {
    row: sameSteps(
      title,
      "a gradient of 0",
      found,
      expected,
      ({ name, step }) =>
        `where a gradient is 0 your step ${ours ? "differs from ours" : "gives NaN or infinity"}, from step ${step} on (seen in ${name}): look for a division by 0, and for a test like if (g) that takes 0 for "not given"`,
    ),
  };
};

/**
 * A parameter without a gradient: step throws, as chalk's does, or leaves that parameter alone, as the
 * tape's does, or takes it for 0; the other parameters take their step.
 */
export const nullGradient: OptimizerHabit = ({ title, make, seed }) => {
  const plan = (gradient: NonNullable<Plan["gradient"]>): Plan => ({ gradient, steps: 1 });
  const isFirst = (name: string): boolean => name === first;
  const run = (): ReturnType<typeof follow>["trace"] | null => {
    try {
      return follow(
        make,
        seed,
        plan((drawn, _, name) => (isFirst(name) ? null : drawn)),
      ).trace;
    } catch {
      return null;
    }
  };
  const found = run();
  if (!found) return null; // an error says enough
  const zero = follow(
    make,
    seed,
    plan((drawn, _, name) => (isFirst(name) ? drawn.mul(0) : drawn)),
  ).trace;
  const expected = new Map(
    [...zero].map(([name, steps]) => {
      const alone = found.get(name)?.[0];
      const isLeft = alone && String(alone.before.flat()) === String(alone.after.flat());
      return [name, isFirst(name) && isLeft ? [alone] : steps];
    }),
  );
  return {
    row: sameSteps(
      title,
      "a gradient that is null",
      found,
      expected,
      ({ name }) =>
        `where a gradient is null your step changes ${name} in another way than for a gradient of 0: leave a parameter without a gradient alone and go on with the next (continue), or throw an error`,
    ),
  };
};
