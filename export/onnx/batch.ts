import { concatenate, NDArray } from "../../np/index.ts";
import { isFloat } from "../../np/internal.ts";
import { leafName } from "../trace/catalogue.ts";
import type { GivenInput } from "../trace/given.ts";
import { placesIn } from "../trace/places.ts";
import type { AnyNetwork, Step, Traced, Value } from "../trace/traced.ts";

/**
 * The axis of the samples: the first one, but the second one for the lecture's NonlinearClassifier.
 * Null for floats along a single axis, which are one sample without a batch.
 */
export function batchAxisOf(model: AnyNetwork, { inputs: [x] }: Traced): number | null {
  const { shape, dtype } = x as Value;
  if (shape.length === 0 || (shape.length === 1 && isFloat(dtype))) return null;
  const parts = [model, ...placesIn(model).map(({ part }) => part)];
  return parts.some((part) => leafName(part) === "NonlinearClassifier") ? 1 : 0;
}

/** The same batch with one sample more. */
export function oneMore(input: GivenInput, axis: number): GivenInput {
  if (!(input instanceof NDArray)) return input.map((length, i) => (i === axis ? length + 1 : length));
  const first = input.slice(
    ...input.shape.map((_, i): [number, number] | null => (i === axis ? [0, 1] : null)),
  );
  return concatenate([input, first], axis);
}

/**
 * A shape in which every axis that grew with the batch has a name in the place of its length: `N` if
 * its length is the batch's, else another.
 */
export function dynamicShape(
  shape: readonly number[],
  larger: readonly number[],
  samples: number,
): (number | string)[] {
  return shape.map((length, axis) => {
    if (length === larger[axis]) return length;
    return length === samples && larger[axis] === samples + 1 ? "N" : `axis${axis}`;
  });
}

/** What differs between two forwards of a network besides the number of samples; null if nothing does. */
export function stepsProblem(one: Traced, other: Traced): string | null {
  const [mine, theirs] = [one, other].map(({ steps }) => steps.map(stepText)) as [string[], string[]];
  const at = mine.findIndex((text, i) => text !== theirs[i]);
  if (at >= 0 || mine.length !== theirs.length)
    return `${mine[at] ?? "nothing more"} with one, ${theirs[at] ?? theirs[mine.length] ?? "nothing more"} with the other`;
  for (const [i, step] of one.steps.entries()) {
    const same = other.steps[i];
    if (step.kind !== "call" || same?.kind !== "call" || !step.inside || !same.inside) continue;
    const problem = stepsProblem(step.inside, same.inside);
    if (problem) return problem;
  }
  return null;
}

/** A step with the numbers in it, which must not depend on the batch. */
function stepText(step: Step): string {
  if (step.kind === "call") return `the call of ${step.name}`;
  const operands = step.inputs.map((x) => (typeof x === "number" ? x : "an array"));
  return `${step.op} of ${operands.join(" and ")}`;
}
