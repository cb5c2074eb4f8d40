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

/** How optimizers here look at a parameter. */
export const side: Side<Tensor> = {
  is: (x): x is Tensor => x instanceof Tensor,
  value: (p) => p.data,
  nameOf: () => null,
  refuse: (p) =>
    p.node ? `was made by ${p.node.op}: can't optimize a non-leaf Tensor; pass what it was made from` : null,
};

/** What all optimizers share: the parameters they change in place, what is remembered of each, and the numbers that a schedule may change. */
export abstract class Optimizer<
  G extends Group = Group,
  S extends ParameterState = ParameterState,
> extends ParameterGroups<Tensor, G, S> {
  constructor(parameters: Trainable<Tensor, G>, recipe: Recipe<G, S>, options: Options<G> = {}) {
    super(parameters, recipe, options, side);
  }

  /**
   * Changes every parameter that has a gradient; as in PyTorch, one without is left alone. @throws TypeError when none has one, where
   * PyTorch does nothing: then `backward` was forgotten
   */
  abstract step(): void;

  /** Forgets all gradients. */
  zeroGrad(): void {
    for (const p of this.parameters) p.grad = null;
  }

  /** What a step needs of each parameter that has a gradient: its values p, its gradient g, its group's numbers, and its state s. */
  protected *each(): Generator<{ p: NDArray; g: NDArray; group: G; s: S }> {
    if (this.parameters.every((p) => p.grad === null))
      throw new TypeError(
        `${this.constructor.name}.step: no parameter has a gradient; call loss.backward() between zeroGrad() and step()`,
      );
    for (const { p, position, group } of this.places()) {
      if (!p.grad) continue;
      const g = p.grad.data;
      yield { p: p.data, g: group.maximize ? g.neg() : g, group, s: this.stateOf(position, group) };
    }
  }
}
