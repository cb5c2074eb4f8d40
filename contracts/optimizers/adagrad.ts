import { full, type NDArray } from "../../np/index.ts";
import { atLeastZero, type Options } from "../../np/internal.ts";
import { type Group, type Recipe, stepOptions, trainable } from "./recipe.ts";

export interface AdagradGroup extends Group {
  /** How fast η falls: η / (1 + (t − 1) · lrDecay) at step t; default 0. */
  lrDecay: number;
  /** L2 penalty λ ≥ 0; default 0. */
  weightDecay: number;
  /** The initial value of the sum of squares, ≥ 0; default 0. */
  initialAccumulatorValue: number;
  /** Added to the root of the sum; default 1e-10. */
  eps: number;
}
/** Default lr 1e-2. */
export type AdagradOptions = Options<AdagradGroup>;

/** The number of steps, and the sum of all g². */
export type AdagradState = { t: number; sum: NDArray };

export const adagradRecipe: Recipe<AdagradGroup, AdagradState> = {
  name: "Adagrad",
  positional: trainable,
  options: {
    ...stepOptions(1e-2),
    lrDecay: atLeastZero(0),
    weightDecay: atLeastZero(0),
    initialAccumulatorValue: atLeastZero(0),
    eps: atLeastZero(1e-10),
  },
  start: ({ shape, dtype }, group) => ({ t: 0, sum: full(shape, group.initialAccumulatorValue, { dtype }) }),
};
