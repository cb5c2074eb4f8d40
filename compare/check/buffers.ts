import type { StateDict } from "../../contracts/index.ts";
import type { CheckRow } from "../../gradcheck/index.ts";
import { namesakes, noDistance, propertyRow } from "../../gradcheck/internal.ts";
import type { NDArray } from "../../np/index.ts";
import { type AnyLayer, type AnyModule, chalk, tape } from "../subjects/sides.ts";

/** The entries of a state dict that are not parameters: running statistics. */
function buffers(state: StateDict, parameters: ReadonlyMap<string, NDArray>): Map<string, NDArray> {
  return new Map(Object.entries(state).filter(([name]) => !parameters.has(name)));
}

/**
 * Compares the buffers of both sides after the same forwards: one row if the tape has any. Use two
 * forwards, because after one alone a wrong momentum can look like a fresh start of the average.
 * Both sides must be new objects.
 */
export function checkBuffers(
  title: string,
  layer: AnyLayer,
  module: AnyModule,
  differentiable: number,
  draws: readonly ReadonlyMap<string, NDArray>[],
): CheckRow[] {
  const [left, right] = [chalk(layer), tape(module, differentiable)];
  for (const inputs of draws) {
    left.forward(...[...inputs.values()].map((x) => x.copy()));
    right.forward(...inputs.values());
  }
  const theirs = buffers(module.stateDict(), right.parameters);
  if (theirs.size === 0) return [];
  // Chalk's other arrays are values that a student's forward remembers.
  const mine = new Map(Object.entries(layer.stateDict()).filter(([name]) => theirs.has(name)));
  const quantity = "buffers";
  const lacking = [...theirs.keys()].filter((name) => !mine.has(name));
  if (lacking.length > 0) {
    const rule =
      "a buffer is a field that holds an array and has no gradient field, such as runningMean for running_mean";
    return [propertyRow(title, quantity, noDistance, [], `chalk has no ${lacking.join(", no ")}: ${rule}`)];
  }
  const wrong = `after ${draws.length} forwards the two sides have different statistics: compare how forward updates them`;
  return [namesakes(title, quantity, mine, theirs, 1e-12, wrong)];
}
