import type { CheckRow } from "../../report/report.ts";
import { agreeing } from "../optimizer/same-steps.ts";
import { type Epoch, pathInTurns, pathOf } from "./path.ts";
import { samePath, table } from "./same-path.ts";
import { type ScheduleSpecimen, stub } from "./schedule-like.ts";

/** No default, and unlike each other, so that nothing fits by chance. */
export const lrs = [0.4, 0.07] as const;

const wrongPlace =
  "keep the epoch and the first lr in fields of the object, not in a static field or a variable outside the class";

/** A new schedule starts anew, and two that take turns do not disturb each other. */
export function twoSchedules(specimen: ScheduleSpecimen, alone: readonly Epoch[]): CheckRow {
  const { title, make } = specimen;
  const quantity = "two schedules";
  const rates = Array.from(table(alone, "lr").flat());
  if (!rates.every(Number.isFinite)) return agreeing(title, quantity); // NaN differs from itself
  const again = samePath(
    title,
    quantity,
    "lr",
    pathOf(make, [lrs[0]], specimen),
    alone,
    (epoch) => `a second object of your class gives another lr, from epoch ${epoch} on: ${wrongPlace}`,
  );
  if (again.verdict !== "agree") return again;
  const other = pathInTurns(make, stub([lrs[1]]), specimen);
  return samePath(
    title,
    quantity,
    "lr",
    pathOf(make, [lrs[0]], specimen, () => void other.next()),
    alone,
    (epoch) => `two objects of your class disturb each other, from epoch ${epoch} on: ${wrongPlace}`,
  );
}

/** Each group starts from its own lr. Without ours, the second is what it would be alone. */
export function twoGroups(specimen: ScheduleSpecimen): CheckRow {
  const { title, make, ours } = specimen;
  const found = pathOf(make, lrs, specimen);
  const alone = pathOf(make, [lrs[1]], specimen);
  const first = pathOf(make, [lrs[0]], specimen);
  const expected = ours
    ? pathOf(ours, lrs, specimen)
    : first.map((groups, t): Epoch => [...groups, ...(alone[t] ?? [])]);
  const isStill = new Set(found.map((groups) => groups[1]?.lr)).size === 1;
  const changes = new Set(expected.map((groups) => groups[1]?.lr)).size > 1;
  return samePath(title, "two groups", "lr", found, expected, (epoch) =>
    isStill && changes
      ? "your schedule leaves the lr of the second group alone: go through all of optimizer.groups"
      : `with two groups your schedule gives ${ours ? "another lr than ours" : "other lrs than for each group alone"}, from epoch ${epoch} on: every group has its own first lr`,
  );
}

/** The step before which lr is set, and to what: before and after a first reduction. */
const byHand: ReadonlyMap<number, number> = new Map([
  [4, 0.9],
  [9, 0.5],
]);

/** lr set by hand in the middle is where a schedule goes on that multiplies the current one. */
export function changedByHand(specimen: ScheduleSpecimen): CheckRow {
  const { title, make, ours } = specimen;
  const set = (step: number, groups: readonly { lr: number }[]): void => {
    for (const group of groups) group.lr = byHand.get(step) ?? group.lr;
  };
  const expected = pathOf(ours ?? make, [lrs[0]], specimen, set);
  return samePath(
    title,
    "lr changed by hand",
    "lr",
    pathOf(make, [lrs[0]], specimen, set),
    expected,
    (epoch) =>
      `after lr was changed by hand, before steps 4 and 9, your schedule gives another lr than ours, from epoch ${epoch} on: reduce the current group.lr, and keep no copy of it`,
  );
}
