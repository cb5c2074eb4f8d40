import type { NDArray } from "../../np/index.ts";
import type { Contract, None, OptionTable } from "../../np/internal.ts";
import { factors, type LossOptions, lossOptions } from "./loss-options.ts";

export interface BCELossOptions extends LossOptions {
  /**
   * A factor for each element's loss, in a shape that broadcasts to the target's;
   * a mean still divides by the number of elements; default null: none.
   */
  readonly weight?: NDArray | null;
}

export interface BCEWithLogitsLossOptions extends BCELossOptions {
  /**
   * A factor for the positive term only, in a shape that broadcasts to the target's:
   * above 1 for more recall, below 1 for more precision; default null: none.
   */
  readonly posWeight?: NDArray | null;
}

const options: OptionTable<BCELossOptions> = { ...lossOptions, weight: factors };

export const BCELoss: Contract<None, BCELossOptions> = { name: "BCELoss", positional: {}, options };

export const BCEWithLogitsLoss: Contract<None, BCEWithLogitsLossOptions> = {
  name: "BCEWithLogitsLoss",
  positional: {},
  options: { ...options, posWeight: factors },
};
