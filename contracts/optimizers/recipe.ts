import type { NDArray } from "../../np/index.ts";
import {
  argument,
  type Contract,
  flag,
  number,
  type Option,
  type Options,
  optional,
  type Positional,
  settleOptions,
} from "../../np/internal.ts";
import { pairOf } from "../checks/pair.ts";

/** The numbers that all parameters of a group share; a schedule changes them. */
export interface Group {
  /** Learning rate η, ≥ 0. */
  lr: number;
  /** Whether steps go uphill, with −g instead of g; default false. */
  maximize: boolean;
}

/**
 * The state of one parameter in an optimizer: arrays of its shape, and numbers;
 * null until they exist.
 */
export type ParameterState = Record<string, NDArray | number | null>;

/** The first argument of every optimizer: a model's parameters, or groups of them. */
export interface Parameters {
  readonly parameters: readonly unknown[];
}

/**
 * What the optimizers of one name share in chalk and on tape: their contract,
 * and the state before the first step.
 */
export interface Recipe<G extends Group, S extends ParameterState> extends Contract<Parameters, Options<G>> {
  /** The state of a parameter with these values before its first step. */
  start(value: NDArray, group: G): S;
}

/**
 * Accepts any value here, since only a side knows which lists are right;
 * `groupsOf` refuses the others.
 */
export const trainable: Positional<Parameters> = {
  parameters: argument("parameters", "model.parameters(), or groups of them", () => true),
};

/** The two options that all optimizers have; `lr` is PyTorch's default. */
export function stepOptions(lr: number): { readonly lr: Option<number>; readonly maximize: Option<boolean> } {
  return { lr: optional(number({ least: 0, infinity: true }), lr), maximize: flag(false) };
}

/** The decay of two averages. */
export function betas(first: number, second: number): Option<readonly [number, number]> {
  return optional(
    pairOf("a pair of numbers in [0, 1)", { least: 0, below: 1 }, () => true),
    [first, second],
  );
}

/** A recipe in use. */
export interface RecipeInUse<G extends Group, S extends ParameterState> {
  readonly name: string;
  /**
   * The numbers of a group, given or by default.
   * @throws TypeError, RangeError for an option that is unknown or does not fit
   */
  settle(where: string, given: object): G;
  start(value: NDArray, group: G): S;
}

export function inUse<G extends Group, S extends ParameterState>(recipe: Recipe<G, S>): RecipeInUse<G, S> {
  return {
    name: recipe.name,
    start: recipe.start,
    settle(where, given) {
      const settled = settleOptions<Options<G>>(where, recipe, given);
      const problem = recipe.refuse?.({ ...settled, parameters: [] });
      if (problem) throw new RangeError(`${where}: ${problem}`);
      return settled as object as G;
    },
  };
}
