import { full, type NDArray, zerosLike } from "../../np/index.ts";
import { type Options, optional } from "../../np/internal.ts";
import { pairOf } from "../checks/pair.ts";
import { type Group, type Recipe, stepOptions, trainable } from "./recipe.ts";

export interface RpropGroup extends Group {
  /** η⁻ < 1 < η⁺, the factors by which a step shrinks or grows; default [0.5, 1.2]. */
  etas: readonly [number, number];
  /** The smallest and the largest step; default [1e-6, 50]. */
  stepSizes: readonly [number, number];
}
/** Default lr 1e-2: the size of the first step. */
export type RpropOptions = Options<RpropGroup>;

/** The last gradient, 0 where its sign has just changed, and the size of every weight's step. */
export type RpropState = { previous: NDArray; size: NDArray };

export const rpropRecipe: Recipe<RpropGroup, RpropState> = {
  name: "Rprop",
  positional: trainable,
  options: {
    ...stepOptions(1e-2),
    etas: optional(
      pairOf("0 < etas[0] < 1 < etas[1]", {}, ([less, more]) => 0 < less && less < 1 && 1 < more),
      [0.5, 1.2],
    ),
    stepSizes: optional(
      pairOf("0 <= stepSizes[0] <= stepSizes[1]", {}, ([least, most]) => 0 <= least && least <= most),
      [1e-6, 50],
    ),
  },
  start: (value, { lr }) => ({
    previous: zerosLike(value),
    size: full(value.shape, lr, { dtype: value.dtype }),
  }),
};
