import { type NDArray, zerosLike } from "../../np/index.ts";
import { atLeastZero, type Options } from "../../np/internal.ts";
import { betas, type Group, type Recipe, stepOptions, trainable } from "./recipe.ts";

export interface AdamaxGroup extends Group {
  /** Decay of the average and of the largest |g|, each in [0, 1); default [0.9, 0.999]. */
  betas: readonly [number, number];
  /** Added to |g|; default 1e-8. */
  eps: number;
  /** L2 penalty λ ≥ 0; default 0. */
  weightDecay: number;
}
/** Default lr 2e-3. */
export type AdamaxOptions = Options<AdamaxGroup>;

/** The number of steps, the average of g, and the largest |g|, which decays. */
export type AdamaxState = { t: number; m: NDArray; u: NDArray };

export const adamaxRecipe: Recipe<AdamaxGroup, AdamaxState> = {
  name: "Adamax",
  positional: trainable,
  options: {
    ...stepOptions(2e-3),
    betas: betas(0.9, 0.999),
    eps: atLeastZero(1e-8),
    weightDecay: atLeastZero(0),
  },
  start: (value) => ({ t: 0, m: zerosLike(value), u: zerosLike(value) }),
};
