import type { CheckRow } from "../../report/report.ts";
import type { OptimizerHabits } from "../optimizer/check-optimizer-habits.ts";
import { agreeing, failing } from "../optimizer/same-steps.ts";
import { changedByHand, lrs, twoGroups, twoSchedules } from "./habits.ts";
import { type Epoch, pathInTurns, pathOf } from "./path.ts";
import { partedAtEpoch, samePath, table } from "./same-path.ts";
import { type ScheduleSpecimen, stub } from "./schedule-like.ts";

/**
 * Compares a schedule with ours at every epoch, on one group and on two, and checks that two objects do
 * not disturb each other. A class outside the catalogue is compared with itself.
 */
export function checkSchedule(specimen: ScheduleSpecimen): OptimizerHabits {
  const { title, make, ours, steps, metrics } = specimen;
  const one = stub([lrs[0]]);
  const found = finish(pathInTurns(make, one, specimen));
  const expected = ours && pathOf(ours, [lrs[0]], specimen);
  const first = [expected ? likeOurs(specimen, found, expected) : finite(title, found, steps)];
  const apart = twoSchedules(specimen, found);
  if (apart.verdict !== "agree") return { rows: [apart], leftOut: [], notes: [] };
  if (
    expected &&
    partedAtEpoch(
      expected,
      expected.map(() => expected[0] as Epoch),
      "momentum",
    ) !== null
  )
    first.push(
      samePath(
        title,
        "momentum",
        "momentum",
        found,
        expected,
        (epoch) =>
          `your schedule sets another momentum than ours, first at epoch ${epoch}: it rises where lr falls`,
      ),
    );
  first.push(otherNumbers(title, found));
  if (first.some(({ verdict }) => verdict !== "agree")) return { rows: first, leftOut: [], notes: [] };
  const byHand = ours && metrics ? [changedByHand(specimen)] : [];
  if (!one.seen()) {
    const leftOut = [
      "two groups, as your schedule changes optimizer.lr and not the lr of each of optimizer.groups",
    ];
    return { rows: [...first, apart, ...byHand], leftOut, notes: [] };
  }
  return { rows: [...first, apart, twoGroups(specimen), ...byHand], leftOut: [], notes: [] };
}

function finish<T>(run: Generator<void, T>): T {
  let turn = run.next();
  while (!turn.done) turn = run.next();
  return turn.value;
}

/** lr at every epoch, and what a difference looks like. */
function likeOurs(
  { title, metrics }: ScheduleSpecimen,
  found: readonly Epoch[],
  expected: readonly Epoch[],
): CheckRow {
  const shifted = (by: number): boolean => {
    const [a, b] =
      by > 0 ? [found.slice(by), expected.slice(0, -by)] : [found.slice(0, by), expected.slice(-by)];
    return partedAtEpoch(a, b, "lr") === null;
  };
  const says = (epoch: number): string => {
    if (metrics)
      return `your schedule gives another lr than ours, first after ${epoch} metrics, ${metrics.slice(0, epoch).join(", ")}: look at what counts as an improvement (mode, threshold, thresholdMode), when the bad epochs exceed patience, and at cooldown and minLr`;
    if (shifted(1))
      return "your schedule is one epoch late: epoch 0 is the constructor's, and the first step() sets epoch 1";
    if (shifted(-1))
      return "your schedule is one epoch early: epoch 0 is the constructor's, and the first step() sets epoch 1";
    if (epoch === 0)
      return "after the constructor your schedule leaves another lr than ours: it sets the lr of epoch 0, before the first step()";
    return `your schedule gives another lr than ours, first at epoch ${epoch} (after ${epoch} × step()): look at the formula there; it starts from the lr that the constructor found, not from the current one, unless it multiplies step by step`;
  };
  return samePath(title, "lr", "lr", found, expected, says);
}

/** For a class outside the catalogue: lr changes, and stays a number that is not negative. */
function finite(title: string, found: readonly Epoch[], steps: number): CheckRow {
  const all = Array.from(table(found, "lr").flat());
  const at = all.findIndex((lr) => !(Number.isFinite(lr) && lr >= 0));
  if (at >= 0)
    return failing(title, "lr", `your schedule sets lr to ${all[at]} at epoch ${at}, expected a number >= 0`);
  if (new Set([lrs[0], ...all]).size > 1) return agreeing(title, "lr");
  return failing(
    title,
    "lr",
    `your schedule leaves lr alone in ${steps} steps: set group.lr of each of optimizer.groups`,
  );
}

/** A schedule changes lr and momentum only. */
function otherNumbers(title: string, found: readonly Epoch[]): CheckRow {
  const quantity = "other options unchanged";
  const before = found[0]?.[0]?.weightDecay;
  if (found.every((groups) => groups.every(({ weightDecay }) => weightDecay === before)))
    return agreeing(title, quantity);
  return failing(title, quantity, "your schedule changes weightDecay: it may change lr and momentum only");
}
