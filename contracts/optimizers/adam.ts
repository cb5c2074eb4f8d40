import { type NDArray, zerosLike } from "../../np/index.ts";
import { atLeastZero, flag, type Options, type OptionTable } from "../../np/internal.ts";
import { betas, type Group, type Recipe, stepOptions, trainable } from "./recipe.ts";

export interface AdamGroup extends Group {
  /** Decay of the two averages, each in [0, 1); default [0.9, 0.999]. */
  betas: readonly [number, number];
  /** Added to the root of the second average; default 1e-8. */
  eps: number;
  /** λ ≥ 0: Adam's L2 penalty, default 0; AdamW's decay, default 1e-2. */
  weightDecay: number;
  /** Whether the largest second average of all steps replaces the current one; default false. */
  amsgrad: boolean;
}
/** Default lr 1e-3. */
export type AdamOptions = Options<AdamGroup>;

/** The number of steps, the averages of g and of g², and with amsgrad the largest v so far. */
export type AdamState = { t: number; m: NDArray; v: NDArray; vMax: NDArray | null };

function options(weightDecay: number): OptionTable<AdamGroup> {
  return {
    ...stepOptions(1e-3),
    betas: betas(0.9, 0.999),
    eps: atLeastZero(1e-8),
    weightDecay: atLeastZero(weightDecay),
    amsgrad: flag(false),
  };
}

function start(value: NDArray, { amsgrad }: AdamGroup): AdamState {
  return { t: 0, m: zerosLike(value), v: zerosLike(value), vMax: amsgrad ? zerosLike(value) : null };
}

export const adamRecipe: Recipe<AdamGroup, AdamState> = {
  name: "Adam",
  positional: trainable,
  options: options(0),
  start,
};
export const adamWRecipe: Recipe<AdamGroup, AdamState> = {
  name: "AdamW",
  positional: trainable,
  options: options(1e-2),
  start,
};
