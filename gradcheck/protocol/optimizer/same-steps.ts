import { unravelIndex } from "../../../np/internal.ts";
import { againstExact, noDistance } from "../../agreement.ts";
import { propertyRow } from "../../properties.ts";
import type { CheckRow } from "../../report/report.ts";
import type { Moves } from "./follow.ts";

/** The first step after which a parameter differs, 1 for the first; null if all are equal. */
export function partedAt(found: Moves, expected: Moves): { name: string; step: number } | null {
  const parted = [...found].flatMap(([name, steps]) => {
    const at = steps.findIndex(({ after }, i) => {
      const theirs = expected.get(name)?.[i]?.after;
      return !theirs || !againstExact(after, theirs).agrees;
    });
    return at < 0 ? [] : [{ name, step: at + 1 }];
  });
  return parted.sort((a, b) => a.step - b.step)[0] ?? null;
}

/** A row about two runs that should be equal, step by step. `says` explains a difference. */
export function sameSteps(
  title: string,
  quantity: string,
  found: Moves,
  expected: Moves,
  says: (parted: { readonly name: string; readonly step: number }) => string,
): CheckRow {
  const parted = partedAt(found, expected);
  if (!parted) return agreeing(title, quantity);
  const [mine, theirs] = [found, expected].map((trace) => trace.get(parted.name)?.[parted.step - 1]?.after);
  const distance = mine && theirs ? againstExact(mine, theirs) : noDistance;
  const row = propertyRow(title, quantity, distance, mine?.shape ?? [], says(parted));
  if (!mine || !theirs) return row;
  const index = unravelIndex(distance.worst, mine.shape);
  const numbers = { analytical: mine.flat()[distance.worst], manual: theirs.flat()[distance.worst] };
  return { ...row, worst: { index, ...numbers } };
}

/** A row about a property that holds. */
export function agreeing(title: string, quantity: string): CheckRow {
  const nothing = { maxAbsolute: 0, maxRelative: 0, worst: 0, agrees: true };
  return propertyRow(title, quantity, nothing, [], "");
}

/** A row about a property that does not hold, without numbers. */
export function failing(title: string, quantity: string, diagnosis: string): CheckRow {
  return propertyRow(title, quantity, noDistance, [], diagnosis);
}
