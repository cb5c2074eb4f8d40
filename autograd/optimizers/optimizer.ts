import type { Trainable } from "../../contracts/index.ts";
import {
  type Group,
  type Options,
  ParameterGroups,
  type ParameterState,
  type Recipe,
  type Side,
} from "../../contracts/internal.ts";
import type { NDArray } from "../../np/index.ts";
import { Tensor } from "../tensor.ts";

/** How the optimizers of this side read a parameter. */
export const side: Side<Tensor> = {
  is: (x): x is Tensor => x instanceof Tensor,
  value: (p) => p.data,
  nameOf: () => null,
  refuse: (p) =>
    p.node ? `was made by ${p.node.op}: can't optimize a non-leaf Tensor; pass what it was made from` : null,
};

/**
 * The base of all optimizers: the parameters they change in place, the state of each,
 * and the numbers that a schedule may change.
 */
export abstract class Optimizer<
  G extends Group = Group,
  S extends ParameterState = ParameterState,
> extends ParameterGroups<Tensor, G, S> {
  constructor(parameters: Trainable<Tensor, G>, recipe: Recipe<G, S>, options: Options<G> = {}) {
    super(parameters, recipe, options, side);
  }

  /**
   * Updates every parameter that has a gradient; as in PyTorch, others are left alone.
   * @throws TypeError when none has one (PyTorch does nothing then), since `backward` was forgotten
   */
  abstract step(): void;

  /** Sets all gradients to null. */
  zeroGrad(): void {
    for (const p of this.parameters) p.grad = null;
  }

  /**
   * Yields what a step needs for each parameter that has a gradient: its values p, its gradient g,
   * its group's numbers, and its state s.
   */
  protected *each(): Generator<{ p: NDArray; g: NDArray; group: G; s: S }> {
    if (this.parameters.every((p) => p.grad === null))
      throw new TypeError(
        `${this.constructor.name}.step: no parameter has a gradient; call loss.backward() between zeroGrad() and step(), and pass the optimizer the parameters of the model that you train`,
      );
    for (const { p, position, group } of this.places()) {
      if (!p.grad) continue;
      const g = p.grad.data;
      yield { p: p.data, g: group.maximize ? g.neg() : g, group, s: this.stateOf(position, group) };
    }
  }
}
