import { noGrad } from "../../autograd/index.ts";
import { describe } from "../../np/internal.ts";
import { wrapMethod } from "../../training/internal.ts";
import { blameOwnArrays, type GivenInput, inputOf } from "./given.ts";
import { checkedForward } from "./own-forward.ts";
import { isNetwork, partsOf, placesIn } from "./places.ts";
import { Problems } from "./problems.ts";
import { Recorder } from "./recorder.ts";
import type { AnyNetwork, Traced } from "./traced.ts";

/** A part of either side as it is wrapped. */
interface Forward {
  forward(...inputs: readonly unknown[]): unknown;
}

/**
 * Runs one forward in evaluation mode and returns what happened in it. Nothing in the network changes.
 * @param inputs for each input of forward a batch, or the shape of a batch to draw
 * @throws RangeError that lists everything that cannot be exported; TypeError unless the model is a
 * layer or module; whatever forward throws for such inputs
 */
export function trace(model: AnyNetwork, ...inputs: readonly [GivenInput, ...GivenInput[]]): Traced {
  const { traced, problems } = attemptTrace(model, inputs);
  throwProblems(model, problems);
  return traced;
}

/** @throws RangeError that lists all problems, if there are any */
export function throwProblems(model: AnyNetwork, problems: Problems): void {
  const places = placesIn(model);
  const nameOf = (part: AnyNetwork): string => places.find((place) => place.part === part)?.name ?? "";
  problems.throwIfAny(model, nameOf);
}

/** The trace, and what keeps the network from being exported; others may add to that. */
export function attemptTrace(
  model: AnyNetwork,
  inputs: readonly GivenInput[],
): { readonly traced: Traced; readonly problems: Problems } {
  if (!isNetwork(model))
    throw new TypeError(`export: model is ${describe(model)}, expected a network: new Mlp()`);
  const problems = new Problems();
  const parts = partsOf(model);
  for (const part of parts) blameOwnArrays(part, problems);
  const given = inputs.map((input) => inputOf(model, input));
  const recorder = new Recorder(problems);
  const modes = parts.map(({ training }) => training);
  for (const part of parts) part.training = false;
  const undo = parts.map((part) =>
    wrapMethod(part as Forward, "forward", (forward) => {
      const checked = checkedForward(part, forward, problems);
      return (...x) => recorder.call(part, x, checked);
    }),
  );
  try {
    const traced = noGrad(() => recorder.whole(model, given, (...x) => (model as Forward).forward(...x)));
    return { traced, problems };
  } finally {
    recorder.end();
    for (const unwrap of undo.reverse()) unwrap();
    for (const [i, part] of parts.entries()) part.training = modes[i] as boolean;
  }
}
