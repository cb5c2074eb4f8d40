import { Tensor } from "../../autograd/index.ts";
import { Layer } from "../../manual/index.ts";
import { NDArray, random } from "../../np/index.ts";
import { isFloat } from "../../np/internal.ts";
import { containerName, leafName } from "./catalogue.ts";
import type { AnyArray } from "./flow.ts";
import { childrenOf } from "./places.ts";
import type { Problems } from "./problems.ts";
import type { AnyNetwork } from "./traced.ts";

/** An input of a network's forward: the batch itself, or one drawn with this shape. */
export type GivenInput = readonly number[] | NDArray;

/** The input as the network's side takes it. */
export function inputOf(model: AnyNetwork, input: GivenInput): AnyArray {
  const weights = Object.values(model.stateDict()).find(({ dtype }) => isFloat(dtype));
  const x = input instanceof NDArray ? input : random(0).normal(0, 1, input, { dtype: weights?.dtype });
  return model instanceof Layer ? x : new Tensor(x);
}

/** Names the arrays that a class of one's own keeps beside its parts: nothing says how it uses them. */
export function blameOwnArrays(part: AnyNetwork, problems: Problems): void {
  if (leafName(part) !== null || containerName(part) !== null) return;
  const children = childrenOf(part).map(({ name }) => `${name}.`);
  const own = Object.keys(part.stateDict()).filter((key) => !children.some((child) => key.startsWith(child)));
  if (own.length > 0) problems.add(part, `keeps arrays of its own (${own.join(", ")})`);
}
