import { torchKey } from "../../contracts/internal.ts";
import type { CheckRow } from "../../gradcheck/index.ts";
import { namesakes, noDistance, ownArrays, propertyRow } from "../../gradcheck/internal.ts";
import type { NDArray } from "../../np/index.ts";
import type { Sides } from "../subjects/start.ts";

/**
 * Compares the buffers of both sides after the same forwards: one row if the tape has any. Use two
 * forwards, because after one alone a wrong momentum can look like a fresh start of the average. A
 * student's class may keep its statistics under other names: then the rows in evaluation mode show whether they are right.
 */
export function checkBuffers(
  title: string,
  sides: Sides,
  draws: readonly ReadonlyMap<string, NDArray>[],
  isStudent: boolean,
  rounding: number = 0,
): CheckRow[] {
  const [layer, module] = [sides.newLayer(), sides.newModule()];
  const [left, right] = [sides.left(layer), sides.right(module)];
  for (const inputs of draws) {
    left.forward(...[...inputs.values()].map((x) => x.copy()));
    right.forward(...inputs.values());
  }
  const parameters = new Set(module.namedParameters().map(([name]) => name));
  const theirs = new Map(Object.entries(module.stateDict()).filter(([name]) => !parameters.has(name)));
  if (theirs.size === 0) return [];
  // The layer's other arrays are values that its forward remembers.
  const own = [...ownArrays(layer)].map(([name, value]) => [torchKey(name), value] as const);
  const mine = new Map(own.filter(([name]) => theirs.has(name)));
  const quantity = "buffers";
  // A student's class need not count its batches.
  const lacking = [...theirs].flatMap(([name, { ndim }]) =>
    mine.has(name) || (isStudent && ndim === 0) ? [] : [name],
  );
  if (lacking.length > 0) {
    const others = own.filter(([name]) => !left.parameters.has(name));
    if (isStudent && mine.size === 0 && (others.length > 0 || typeof layer.stateDict !== "function"))
      return [];
    const rule =
      "a buffer is a field that holds an array and has no gradient field, such as runningMean for running_mean";
    return [
      propertyRow(
        title,
        quantity,
        noDistance,
        [],
        `${isStudent ? "your class" : "chalk"} has no ${lacking.join(", no ")}: ${rule}`,
      ),
    ];
  }
  const wrong = `after ${draws.length} forwards the two sides have different statistics: compare how forward updates them`;
  return [namesakes(title, quantity, mine, theirs, Math.max(1e-12, rounding), wrong)];
}
