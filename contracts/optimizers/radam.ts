import { type NDArray, zerosLike } from "../../np/index.ts";
import { atLeastZero, flag, type Options } from "../../np/internal.ts";
import { betas, type Group, type Recipe, stepOptions, trainable } from "./recipe.ts";

export interface RAdamGroup extends Group {
  /** Decay of the two averages, each in [0, 1); default [0.9, 0.999]. */
  betas: readonly [number, number];
  /** Added to the root of the second average; default 1e-8. */
  eps: number;
  /** λ ≥ 0; default 0. */
  weightDecay: number;
  /** Whether λ shrinks p, as in AdamW, instead of adding to g; default false. */
  decoupledWeightDecay: boolean;
}
/** Default lr 1e-3. */
export type RAdamOptions = Options<RAdamGroup>;

/** The number of steps, and the averages of g and of g². */
export type RAdamState = { t: number; m: NDArray; v: NDArray };

export const radamRecipe: Recipe<RAdamGroup, RAdamState> = {
  name: "RAdam",
  positional: trainable,
  options: {
    ...stepOptions(1e-3),
    betas: betas(0.9, 0.999),
    eps: atLeastZero(1e-8),
    weightDecay: atLeastZero(0),
    decoupledWeightDecay: flag(false),
  },
  start: (value) => ({ t: 0, m: zerosLike(value), v: zerosLike(value) }),
};
