import { type NDArray, zerosLike } from "../../np/index.ts";
import { atLeastZero, type Options, share } from "../../np/internal.ts";
import { type Group, type Recipe, stepOptions, trainable } from "./recipe.ts";

export interface AdadeltaGroup extends Group {
  /** ρ, the decay of both averages, in 0 … 1; default 0.9. */
  rho: number;
  /** Added to both averages, under the roots; default 1e-6. */
  eps: number;
  /** L2 penalty λ ≥ 0; default 0. */
  weightDecay: number;
}
/** Default lr 1, since the method finds its own unit. */
export type AdadeltaOptions = Options<AdadeltaGroup>;

/** The averages of g² and of the squared steps. */
export type AdadeltaState = { v: NDArray; u: NDArray };

export const adadeltaRecipe: Recipe<AdadeltaGroup, AdadeltaState> = {
  name: "Adadelta",
  positional: trainable,
  options: { ...stepOptions(1), rho: share(0.9), eps: atLeastZero(1e-6), weightDecay: atLeastZero(0) },
  start: (value) => ({ v: zerosLike(value), u: zerosLike(value) }),
};
