import type { NDArray } from "../../np/index.ts";
import { type Contract, finite, oneOf, optional } from "../../np/internal.ts";
import { factors, type LossOptions, lossOptions } from "./loss-options.ts";

export interface MultiMarginLossOptions extends LossOptions {
  /** The power of each term, 1 or 2; default 1. */
  readonly p?: 1 | 2;
  /** By how much the target's score must be the larger one; default 1. */
  readonly margin?: number;
  /** A factor for each class, (C,), taken at the target; a mean divides by the number of rows all the same; default null: none. */
  readonly weight?: NDArray | null;
}

export const MultiMarginLoss: Contract<object, MultiMarginLossOptions> = {
  name: "MultiMarginLoss",
  positional: {},
  options: { ...lossOptions, p: optional(oneOf(1, 2), 1), margin: finite(1), weight: factors },
};
