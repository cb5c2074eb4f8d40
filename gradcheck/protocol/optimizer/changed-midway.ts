import { follow, type Plan, usualSteps } from "./follow.ts";
import { setNumber } from "./numbers.ts";
import { failing, partedAt, sameSteps } from "./same-steps.ts";
import type { OptimizerHabit, Stepper } from "./stepper.ts";

const middle = usualSteps / 2;

/** A plan that changes one number before the step in the middle; `reached` says whether it was there. */
function changing(name: string, value: number): Plan & { reached(): boolean } {
  let reached = true;
  const before = (step: number, stepper: Stepper): void => {
    if (step === middle + 1) reached = setNumber(stepper, name, value);
  };
  return { before, reached: () => reached };
}

/** lr counts anew in every step, so that a schedule has an effect. */
export const lrChangedMidway: OptimizerHabit = ({ title, make, ours, otherForm, seed, lr }) => {
  const quantity = "lr changed midway";
  const plan = changing("lr", lr / 4);
  const found = follow(make, seed, plan).trace;
  if (!plan.reached())
    return {
      leftOut:
        "lr changed midway, as your class has neither groups[i].lr nor a field lr: no schedule can change it",
    };
  const expected = ours ? follow(ours, seed, changing("lr", lr / 4)).trace : null;
  if (expected && !partedAt(found, expected))
    return { row: sameSteps(title, quantity, found, expected, unlike) };
  if (!partedAt(found, follow(make, seed).trace))
    return {
      row: failing(
        title,
        quantity,
        "your steps stay the same after lr has changed, so a schedule has no effect: read lr from groups[i].lr (without groups, from this.lr) in every step, and keep no copy of it",
      ),
    };
  if (!expected) return { row: sameSteps(title, quantity, found, found, unlike) };
  const other = otherForm && follow(otherForm.make, seed, changing("lr", lr / 4)).trace;
  if (other && !partedAt(found, other))
    return { row: sameSteps(title, quantity, found, other, unlike), note: otherForm.note };
  return { row: sameSteps(title, quantity, found, expected, unlike) };
};

function unlike({ step }: { readonly step: number }): string {
  return step > middle
    ? `after lr has changed your step differs from ours, from step ${step} on (lr changed before step ${middle + 1}): the new lr must count for the whole step, and only for it`
    : `your step differs from ours from step ${step} on`;
}

/** momentum counts anew in every step; only for classes in the catalogue, and if the class has such a number. */
export const momentumChangedMidway: OptimizerHabit = ({ title, make, ours, momentum, seed }) => {
  if (!ours || momentum === 0) return null;
  const quantity = "momentum changed midway";
  const plan = changing("momentum", momentum / 2);
  const found = follow(make, seed, plan).trace;
  if (!plan.reached())
    return {
      note: "momentum changed midway, as your class has neither groups[i].momentum nor a field momentum",
    };
  const expected = follow(ours, seed, changing("momentum", momentum / 2)).trace;
  return {
    row: sameSteps(
      title,
      quantity,
      found,
      expected,
      ({ step }) =>
        `after momentum has changed your step differs from ours, from step ${step} on: read momentum in every step, and keep no copy of it`,
    ),
  };
};
