import { atLeastZero, type Contract, type None } from "../../np/internal.ts";
import { type LossOptions, lossOptions } from "./loss-options.ts";

export interface SmoothL1LossOptions extends LossOptions {
  /** Where the square meets the straight line, ≥ 0; 0 is L1Loss. Default 1. */
  readonly beta?: number;
}

export const SmoothL1Loss: Contract<None, SmoothL1LossOptions> = {
  name: "SmoothL1Loss",
  positional: {},
  options: { ...lossOptions, beta: atLeastZero(1) },
};
