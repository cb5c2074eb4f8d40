import { checkOptimizerHabits, type OptimizerHabits } from "./check-optimizer-habits.ts";
import { follow } from "./follow.ts";
import { agreeing, failing } from "./same-steps.ts";
import type { OptimizerSpecimen } from "./stepper.ts";

/** Whether the steps of an optimizer go somewhere: "still", "not finite" or "moves". */
export function motion({ make, seed }: Pick<OptimizerSpecimen, "make" | "seed">): Motion {
  const { trace, replaced } = follow(make, seed);
  const steps = [...trace.values()];
  const ends = steps.map((all) => [all[0]?.before.flat() ?? [], all.at(-1)?.after.flat() ?? []] as const);
  if (!ends.every(([, end]) => Array.from(end).every(Number.isFinite))) return "not finite";
  const moved = ends.every(([start, end]) => Array.from(start).some((value, i) => value !== end[i]));
  return moved || replaced.length > 0 ? "moves" : "still";
}
export type Motion = "moves" | "still" | "not finite";

const says: Readonly<Record<Exclude<Motion, "moves">, string>> = {
  still:
    "your step leaves a parameter as it is: go through all parameters, and change each in place, p.value.addInPlace(g, -lr)",
  "not finite":
    "your step makes values NaN or infinite: look for a division by 0 in the first step, and print lr and the state",
};

/** Checks an optimizer of whatever class by itself: that it moves all parameters, and its habits. */
export function checkOwnOptimizer(specimen: OptimizerSpecimen): OptimizerHabits {
  const { title } = specimen;
  const found = motion(specimen);
  if (found !== "moves") return { rows: [failing(title, "steps", says[found])], leftOut: [], notes: [] };
  const { rows, leftOut, notes } = checkOptimizerHabits(specimen);
  return { rows: [agreeing(title, "steps"), ...rows], leftOut, notes };
}
