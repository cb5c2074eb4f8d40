import * as autograd from "../../autograd/index.ts";
import * as manual from "../../manual/index.ts";
import { containerName } from "../trace/catalogue.ts";
import { placesIn } from "../trace/places.ts";
import type { AnyNetwork, Traced } from "../trace/traced.ts";

/**
 * Whether a part is a Sequential, or of a class that extends it, that in all its forwards calls the
 * layers of its list one after the other and does nothing else.
 */
export function isSequence(part: AnyNetwork, traces: readonly Traced[]): boolean {
  if (!(part instanceof manual.Sequential || part instanceof autograd.Sequential)) return false;
  if (placesIn(part).some(({ name }) => !/^\d/.test(name))) return false; // it has other parts
  if (traces.length === 0) return containerName(part) !== null;
  return traces.every(({ inputs, steps, output }) => {
    const isInLine = steps.every((step, i) => {
      const [x, ...more] = step.inputs;
      const before = i === 0 ? inputs[0] : steps[i - 1]?.output;
      return step.kind === "call" && step.part === part.layers[i] && x === before && more.length === 0;
    });
    return isInLine && steps.length === part.length && output === (steps.at(-1)?.output ?? inputs[0]);
  });
}
