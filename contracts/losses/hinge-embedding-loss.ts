import { type Contract, finite, type None } from "../../np/internal.ts";
import { type LossOptions, lossOptions } from "./loss-options.ts";

export interface HingeEmbeddingLossOptions extends LossOptions {
  /** Different pairs cost nothing once their distance is at least this; default 1. */
  readonly margin?: number;
}

export const HingeEmbeddingLoss: Contract<None, HingeEmbeddingLossOptions> = {
  name: "HingeEmbeddingLoss",
  positional: {},
  options: { ...lossOptions, margin: finite(1) },
};
