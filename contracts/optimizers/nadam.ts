import { type NDArray, zerosLike } from "../../np/index.ts";
import { atLeastZero, flag, type Options } from "../../np/internal.ts";
import { betas, type Group, type Recipe, stepOptions, trainable } from "./recipe.ts";

export interface NAdamGroup extends Group {
  /** Decay of the two averages, each in [0, 1); default [0.9, 0.999]. */
  betas: readonly [number, number];
  /** Added to the root of the second average; default 1e-8. */
  eps: number;
  /** λ ≥ 0; default 0. */
  weightDecay: number;
  /** ψ: how fast the momentum of a step grows to β₁; default 4e-3. */
  momentumDecay: number;
  /** Whether λ shrinks p, as in AdamW, instead of adding to g; default false. */
  decoupledWeightDecay: boolean;
}
/** Default lr 2e-3. */
export type NAdamOptions = Options<NAdamGroup>;

/** The number of steps, the averages of g and of g², and the product of all momenta so far. */
export type NAdamState = { t: number; m: NDArray; v: NDArray; product: number };

export const nadamRecipe: Recipe<NAdamGroup, NAdamState> = {
  name: "NAdam",
  positional: trainable,
  options: {
    ...stepOptions(2e-3),
    betas: betas(0.9, 0.999),
    eps: atLeastZero(1e-8),
    weightDecay: atLeastZero(0),
    momentumDecay: atLeastZero(4e-3),
    decoupledWeightDecay: flag(false),
  },
  start: (value) => ({ t: 0, m: zerosLike(value), v: zerosLike(value), product: 1 }),
};
