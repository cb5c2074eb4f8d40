import { givenArguments } from "../../contracts/internal.ts";
import { type DType, formatShape, type NDArray, type Random, random, zeros } from "../../np/index.ts";
import { leafName } from "../trace/catalogue.ts";
import type { Problems } from "../trace/problems.ts";
import type { AnyNetwork } from "../trace/traced.ts";

/**
 * Names every layer whose arrays are not those of its arguments, such as one whose bias was set to null:
 * PyTorch's layer is made with the arguments.
 */
export function blameWeights(part: AnyNetwork, problems: Problems): void {
  const given = leafName(part) === null ? null : givenArguments(part);
  if (!given || !("dtype" in given.contract.options)) return; // it has no arrays
  const positional = Object.keys(given.contract.positional).map((name) => given.values[name]);
  const options = Object.keys(given.contract.options).map((name) => [
    name,
    name === "rng" ? zeroStream() : given.values[name],
  ]);
  const made = Reflect.construct(part.constructor as new () => AnyNetwork, [
    ...positional,
    Object.fromEntries(options),
  ]) as AnyNetwork;
  const [own, expected] = [shapesOf(part), shapesOf(made)];
  if (own !== expected)
    problems.add(
      part,
      `has ${own}, where its arguments say ${expected}`,
      "Make the layer with other arguments",
    );
}

function shapesOf(part: AnyNetwork): string {
  const state = Object.entries(part.stateDict());
  return state.map(([key, { shape }]) => `${key} ${formatShape(shape)}`).join(", ") || "no arrays";
}

/** A stream of zeros, since only shapes are wanted. */
function zeroStream(): Random {
  const drawn = (_a: number, _b: number, shape: number[], options: { dtype?: DType }): NDArray =>
    zeros(shape, options);
  return Object.assign(Object.create(random(0)), { uniform: drawn, normal: drawn });
}
