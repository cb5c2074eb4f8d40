import type { NDArray } from "../../np/index.ts";
import { argument, type Contract, finite, type None, optional, type Required } from "../../np/internal.ts";
import { factors, type LossOptions, lossOptions } from "./loss-options.ts";

export interface MultiMarginLossOptions extends LossOptions {
  /** The power of each term, 1 or 2; default 1. */
  readonly p?: 1 | 2;
  /** How far the target's score must exceed every other score; default 1. */
  readonly margin?: number;
  /**
   * A factor for each class, (C,), applied to rows with that target;
   * a mean still divides by the number of rows; default null: none.
   */
  readonly weight?: NDArray | null;
}

const power: Required<1 | 2> = argument(
  "choice",
  "1 or 2: only p == 1 and p == 2 supported",
  (x) => typeof x === "number",
  (x) => x === 1 || x === 2,
  { choices: [1, 2] },
);

export const MultiMarginLoss: Contract<None, MultiMarginLossOptions> = {
  name: "MultiMarginLoss",
  positional: {},
  options: { ...lossOptions, p: optional(power, 1), margin: finite(1), weight: factors },
};
