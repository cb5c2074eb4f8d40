import { expectOptions, type Options, printsItsText } from "../../np/internal.ts";
import { optimizerText } from "../print/optimizer-text.ts";
import {
  expectDistinct,
  groupsOf,
  type SettledGroup,
  type Side,
  type Trainable,
} from "./given-parameters.ts";
import { type OptimizerState, restoreState, saveState } from "./optimizer-state.ts";
import { type Group, inUse, type ParameterState, type Recipe, type RecipeInUse } from "./recipe.ts";

/**
 * The base of chalk's and the tape's optimizers, without gradients: groups of parameters,
 * and the state of each parameter.
 */
export abstract class ParameterGroups<P, G extends Group, S extends ParameterState> {
  /** All parameters, in the order of their groups; states are kept by this position. */
  readonly parameters: readonly P[];
  /** The numbers of every group; a schedule changes them in place. */
  readonly groups: readonly SettledGroup<P, G>[];
  readonly #recipe: RecipeInUse<G, S>;
  readonly #side: Side<P>;
  readonly #states: (S | null)[];
  static {
    printsItsText(ParameterGroups.prototype);
  }

  constructor(given: Trainable<P, G>, recipe: Recipe<G, S>, options: Options<G>, side: Side<P>) {
    const name = this.constructor.name;
    this.#recipe = inUse(recipe);
    this.#side = side;
    expectOptions(name, recipe.options, options);
    const groups = groupsOf(name, given, side);
    this.groups = groups.map(({ parameters, ...own }, i) => {
      const where = groups.length > 1 ? `${name}: group ${i}` : name;
      return { ...this.#recipe.settle(where, { ...options, ...own }), parameters: [...parameters] };
    });
    this.parameters = this.groups.flatMap((group) => group.parameters);
    this.#states = this.parameters.map(() => null);
    expectDistinct(name, this.groups, side);
  }

  /**
   * The numbers of the groups and the counters, which are JSON, and copies of the arrays,
   * by position of the parameter: `0.m`.
   */
  stateDict(): OptimizerState {
    return saveState(this.#recipe.name, this.groups, this.#states);
  }

  /**
   * Continues where `state` was taken, exact to the last bit.
   * A state from chalk fits the tape's optimizer of the same name, and vice versa.
   * @throws RangeError that lists everything that does not fit; then nothing has changed
   */
  loadStateDict(state: OptimizerState): void {
    const where = `${this.constructor.name}.loadStateDict`;
    const values = this.groups.map((group) => group.parameters.map(this.#side.value));
    const { groups, states } = restoreState(where, this.#recipe, values, state);
    for (const [i, numbers] of groups.entries()) Object.assign(this.groups[i] as object, numbers);
    for (const [i, restored] of states.entries()) this.#states[i] = restored;
  }

  /** The class and the numbers of each group, as PyTorch prints an optimizer. */
  toString(): string {
    return optimizerText(this.constructor.name, this.groups);
  }

  /** The positions of all parameters, with their groups. */
  protected *places(): Generator<{ readonly p: P; readonly position: number; readonly group: G }> {
    let position = 0;
    for (const group of this.groups)
      for (const p of group.parameters) yield { p, position: position++, group };
  }

  /** The state of the parameter at a position; before its first step, its initial state. */
  protected stateOf(position: number, group: G): S {
    const state =
      this.#states[position] ?? this.#recipe.start(this.#side.value(this.parameters[position] as P), group);
    this.#states[position] = state;
    return state;
  }
}
