import { Tensor } from "../../autograd/index.ts";
import { Layer } from "../../manual/index.ts";
import { NDArray, random } from "../../np/index.ts";
import { describe, isFloat } from "../../np/internal.ts";
import { containerName, leafName } from "./catalogue.ts";
import type { AnyArray } from "./flow.ts";
import { childrenOf } from "./places.ts";
import type { Problems } from "./problems.ts";
import type { AnyNetwork } from "./traced.ts";

/** An input of a network's forward: the batch itself, or one drawn with this shape. */
export type GivenInput = readonly number[] | NDArray;

/** What a network is called with: its input, or for a forward of several inputs a list of batches. */
export type GivenInputs = GivenInput | readonly NDArray[];

/** The inputs one by one. */
export function inputsIn(given: GivenInputs): readonly [GivenInput, ...GivenInput[]] {
  const list: readonly unknown[] = Array.isArray(given) ? given : [];
  return (list[0] instanceof NDArray ? list : [given]) as readonly [GivenInput, ...GivenInput[]];
}

/**
 * The input as the network's side takes it.
 * @throws TypeError for anything but an array or a shape
 */
export function inputOf(model: AnyNetwork, input: GivenInput): AnyArray {
  if (!(input instanceof NDArray) && !isShape(input)) {
    const remedy = input instanceof Tensor ? "; pass its values: x.data" : ": [1, 784]";
    throw new TypeError(
      `export: input is ${describe(input)}, expected a batch (an NDArray), or the shape of one${remedy}`,
    );
  }
  const weights = Object.values(model.stateDict()).find(({ dtype }) => isFloat(dtype));
  const x = input instanceof NDArray ? input : random(0).normal(0, 1, input, { dtype: weights?.dtype });
  return model instanceof Layer ? x : new Tensor(x);
}

function isShape(input: unknown): boolean {
  return Array.isArray(input) && input.every((n) => Number.isInteger(n) && n >= 0);
}

/** Names the arrays that a class of one's own keeps beside its parts: nothing says how it uses them. */
export function blameOwnArrays(part: AnyNetwork, problems: Problems): void {
  if (leafName(part) !== null || containerName(part) !== null) return;
  const children = childrenOf(part).map(({ name }) => `${name}.`);
  const own = Object.keys(part.stateDict()).filter((key) => !children.some((child) => key.startsWith(child)));
  if (own.length > 0) problems.add(part, `keeps arrays of its own (${own.join(", ")})`);
}
