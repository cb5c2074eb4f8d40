import type { NDArray } from "../../np/index.ts";
import { atLeastZero, finite, flag, type Options } from "../../np/internal.ts";
import { type Group, type Recipe, stepOptions, trainable } from "./recipe.ts";

export interface SGDGroup extends Group {
  /** μ ≥ 0; default 0. */
  momentum: number;
  /** τ damps the gradient's share in the velocity; default 0. */
  dampening: number;
  /** L2 penalty λ ≥ 0; default 0. */
  weightDecay: number;
  /** Nesterov's look-ahead; needs momentum > 0 and no dampening; default false. */
  nesterov: boolean;
}
/** Default lr 1e-3. */
export type SGDOptions = Options<SGDGroup>;

/** Null before the first step; the first velocity is the first gradient. */
export type SGDState = { velocity: NDArray | null };

export const sgdRecipe: Recipe<SGDGroup, SGDState> = {
  name: "SGD",
  positional: trainable,
  options: {
    ...stepOptions(1e-3),
    momentum: atLeastZero(0),
    dampening: finite(0),
    weightDecay: atLeastZero(0),
    nesterov: flag(false),
  },
  start: () => ({ velocity: null }),
  refuse: ({ nesterov, momentum, dampening }) =>
    nesterov && (momentum <= 0 || dampening !== 0)
      ? "Nesterov momentum requires a momentum and zero dampening; pass momentum: 0.9"
      : null,
};
