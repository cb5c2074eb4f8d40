import { type NDArray, zerosLike } from "../../np/index.ts";
import { atLeastZero, flag, type Options, share } from "../../np/internal.ts";
import { type Group, type Recipe, stepOptions, trainable } from "./recipe.ts";

export interface RMSpropGroup extends Group {
  /** α, the decay of the averages, in 0 … 1; default 0.99. */
  alpha: number;
  /** Added to the root; default 1e-8. */
  eps: number;
  /** L2 penalty λ ≥ 0; default 0. */
  weightDecay: number;
  /** μ ≥ 0; default 0. */
  momentum: number;
  /** Whether the variance of g replaces the average of g²; default false. */
  centered: boolean;
}
/** Default lr 1e-2. */
export type RMSpropOptions = Options<RMSpropGroup>;

/** The average of g²; the average of g if centered; the velocity with momentum. */
export type RMSpropState = { v: NDArray; m: NDArray | null; velocity: NDArray | null };

export const rmspropRecipe: Recipe<RMSpropGroup, RMSpropState> = {
  name: "RMSprop",
  positional: trainable,
  options: {
    ...stepOptions(1e-2),
    alpha: share(0.99),
    eps: atLeastZero(1e-8),
    weightDecay: atLeastZero(0),
    momentum: atLeastZero(0),
    centered: flag(false),
  },
  start: (value) => ({ v: zerosLike(value), m: null, velocity: null }),
};
