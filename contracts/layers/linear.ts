import { type Contract, count, flag } from "../../np/internal.ts";
import { type LayerOptions, weightOptions } from "../checks/weights.ts";

export interface LinearOptions extends LayerOptions {
  /** Whether y = xWᵀ has a + b; default true. */
  readonly bias?: boolean;
}

export const Linear: Contract<{ inFeatures: number; outFeatures: number }, LinearOptions> = {
  name: "Linear",
  positional: { inFeatures: count(), outFeatures: count() },
  options: { bias: flag(true), ...weightOptions },
};
