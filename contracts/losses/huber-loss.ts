import { type Contract, type None, number, optional } from "../../np/internal.ts";
import { type LossOptions, lossOptions } from "./loss-options.ts";

export interface HuberLossOptions extends LossOptions {
  /** Where the square meets the straight line, > 0; default 1. */
  readonly delta?: number;
}

export const HuberLoss: Contract<None, HuberLossOptions> = {
  name: "HuberLoss",
  positional: {},
  options: { ...lossOptions, delta: optional(number({ above: 0 }), 1) },
};
