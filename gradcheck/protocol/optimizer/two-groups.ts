import { type Followed, follow, type Plan } from "./follow.ts";
import { failing, partedAt, sameSteps } from "./same-steps.ts";
import type {
  HabitFound,
  OptimizerHabit,
  OptimizerSpecimen,
  SteppedGroup,
  SteppedParameter,
} from "./stepper.ts";

const quantity = "two groups";
const shapes = { "layer1.weight": [2, 3], "layer2.weight": [2, 3] };
const leftOut =
  "two groups of parameters, as your class takes only a list: ours takes [{ parameters, lr }, { parameters, lr }] as well";

/** Two groups of equal shapes, each with its own lr. Left out for a class that takes only a list. */
export const twoGroups: OptimizerHabit = (specimen) => {
  const { make, seed, lr } = specimen;
  const found = attempt(() => follow(make, seed, inGroups(lr, 3 * lr)));
  if (!found) return { leftOut };
  return { row: compare(specimen, found) };
};

/** The second group has another lr. */
function inGroups(...lrs: readonly [number, number]): Plan {
  const arrange = (all: readonly SteppedParameter[]): SteppedGroup[] =>
    all.map((p, i) => ({ parameters: [p], lr: lrs[i] as number }));
  return { shapes, arrange };
}

/** The run, or null if the class does not take groups: it throws, or moves nothing. */
function attempt(run: () => Followed): Followed | null {
  try {
    const found = run();
    return [...found.trace].some(([name]) => moved(found, name)) ? found : null;
  } catch {
    return null;
  }
}

function moved({ trace }: Followed, name: string): boolean {
  const steps = trace.get(name) ?? [];
  const [first, last] = [steps[0]?.before.flat(), steps.at(-1)?.after.flat()];
  return Array.from(first ?? []).some((value, i) => value !== last?.[i]);
}

function compare(specimen: OptimizerSpecimen, found: Followed): NonNullable<HabitFound>["row"] {
  const { title, make, ours, seed, lr } = specimen;
  const still = [...found.trace.keys()].filter((name) => !moved(found, name));
  if (still.length > 0) {
    const wrong = `with two groups your step leaves ${still.join(", ")} alone: go through all groups, for (const group of this.groups)`;
    return failing(title, quantity, wrong);
  }
  const oneLr = `with two groups your step uses the lr of the first for both: read group.lr inside the loop over the groups`;
  const equal = follow(make, seed, inGroups(lr, lr)).trace;
  const only = "layer2.weight";
  const second = new Map([[only, found.trace.get(only) ?? []]]);
  if (!partedAt(second, equal)) return failing(title, quantity, oneLr);
  if (ours)
    return sameSteps(
      title,
      quantity,
      found.trace,
      follow(ours, seed, inGroups(lr, 3 * lr)).trace,
      unlike("ours"),
    );
  return sameSteps(title, quantity, equal, follow(make, seed, { shapes }).trace, unlike("those of one list"));
}

function unlike(what: string): (parted: { readonly name: string; readonly step: number }) => string {
  return ({ name, step }) =>
    `with two groups your steps differ from ${what}, from step ${step} on (seen in ${name}): every group has its own numbers, and every parameter its own state`;
}
