import { array, type NDArray } from "../../../np/index.ts";
import { unravelIndex } from "../../../np/internal.ts";
import { againstExact, noDistance } from "../../agreement.ts";
import { propertyRow } from "../../properties.ts";
import type { CheckRow } from "../../report/report.ts";
import type { Epoch } from "./path.ts";

/** The room for other orders of operations, and for a schedule that computes each value from the last one. */
const tolerance = 1e-10;

export type ScheduledNumber = "lr" | "momentum";

/** One number of every group at every epoch, (epochs, groups). */
export function table(path: readonly Epoch[], name: ScheduledNumber): NDArray {
  return array(path.map((groups) => groups.map((group) => group[name])));
}

/** The first epoch at which two paths differ; null if there is none. */
export function partedAtEpoch(
  found: readonly Epoch[],
  expected: readonly Epoch[],
  name: ScheduledNumber,
): number | null {
  const [a, b] = [table(found, name), table(expected, name)];
  const at = found.findIndex(
    (_, t) => !againstExact(a.slice([0, t + 1]), b.slice([0, t + 1]), tolerance).agrees,
  );
  return at < 0 ? null : at;
}

/** A row about two paths that should be equal. `says` explains the first epoch at which they are not. */
export function samePath(
  title: string,
  quantity: string,
  name: ScheduledNumber,
  found: readonly Epoch[],
  expected: readonly Epoch[],
  says: (epoch: number) => string,
): CheckRow {
  const [mine, theirs] = [table(found, name), table(expected, name)];
  const parted = partedAtEpoch(found, expected, name);
  const distance = parted === null ? againstExact(mine, theirs, tolerance) : { ...noDistance };
  if (parted === null) return propertyRow(title, quantity, distance, mine.shape, "");
  const columns = mine.shape[1] as number;
  const row = [mine, theirs].map((path) => path.slice([parted, parted + 1]).flat());
  const group = Array.from(row[0] ?? []).findIndex(
    (value, i) => !(Math.abs(value - (row[1]?.[i] as number)) <= tolerance),
  );
  const worst = parted * columns + Math.max(group, 0);
  const [analytical, manual] = [mine.flat()[worst], theirs.flat()[worst]];
  const difference = Math.abs((analytical as number) - (manual as number));
  return {
    ...propertyRow(
      title,
      quantity,
      { ...noDistance, maxAbsolute: difference, worst },
      mine.shape,
      says(parted),
    ),
    worst: { index: unravelIndex(worst, mine.shape), analytical, manual },
  };
}
