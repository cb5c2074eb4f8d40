import type { Trainable } from "../../contracts/index.ts";
import {
  type Group,
  type Options,
  ParameterGroups,
  type ParameterState,
  type Recipe,
  type Side,
} from "../../contracts/internal.ts";
import { NDArray } from "../../np/index.ts";
import type { Parameter } from "../layer.ts";

/** How the optimizers of this side read a parameter. */
export const side: Side<Parameter> = {
  is: (x): x is Parameter => (x as Partial<Parameter> | null)?.value instanceof NDArray,
  value: (p) => p.value,
  nameOf: (p) => p.name,
  refuse: () => null,
};

/**
 * The base of all optimizers: the parameters they change in place, the state of each,
 * and the numbers that a schedule may change.
 */
export abstract class Optimizer<
  G extends Group = Group,
  S extends ParameterState = ParameterState,
> extends ParameterGroups<Parameter, G, S> {
  constructor(parameters: Trainable<Parameter, G>, recipe: Recipe<G, S>, options: Options<G> = {}) {
    super(parameters, recipe, options, side);
  }

  /** Updates every parameter from its gradient. @throws TypeError when one has none */
  abstract step(): void;

  /** Sets all gradients to null. */
  zeroGrad(): void {
    for (const p of this.parameters) p.gradient = null;
  }

  /**
   * Yields what a step needs for each parameter: its values p, its gradient g, its group's numbers,
   * and its state s.
   */
  protected *each(): Generator<{ p: NDArray; g: NDArray; group: G; s: S }> {
    const gradients = this.parameters.map((p) => this.gradientOf(p)); // all of them, before the first p changes
    for (const { p, position, group } of this.places()) {
      const g = gradients[position] as NDArray;
      yield { p: p.value, g: group.maximize ? g.neg() : g, group, s: this.stateOf(position, group) };
    }
  }

  protected gradientOf(p: Parameter): NDArray {
    if (p.gradient) return p.gradient;
    throw new TypeError(
      `${this.constructor.name}.step: ${p.name} has no gradient; call model.backward(loss.backward()) between zeroGrad() and step()`,
    );
  }
}
