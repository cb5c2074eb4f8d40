import type { NDArray } from "../../np/index.ts";
import type { Contract, None, OptionTable } from "../../np/internal.ts";
import { factors, type LossOptions, lossOptions } from "./loss-options.ts";

export interface BCELossOptions extends LossOptions {
  /** A factor of each element's loss, of a shape that broadcasts to the target's; a mean divides by the number of elements all the same; default null: none. */
  readonly weight?: NDArray | null;
}

export interface BCEWithLogitsLossOptions extends BCELossOptions {
  /** A factor of the positive term alone, of a shape that broadcasts to the target's: above 1 for more recall, below for more precision; default null: none. */
  readonly posWeight?: NDArray | null;
}

const options: OptionTable<BCELossOptions> = { ...lossOptions, weight: factors };

export const BCELoss: Contract<None, BCELossOptions> = { name: "BCELoss", positional: {}, options };

export const BCEWithLogitsLoss: Contract<None, BCEWithLogitsLossOptions> = {
  name: "BCEWithLogitsLoss",
  positional: {},
  options: { ...options, posWeight: factors },
};
