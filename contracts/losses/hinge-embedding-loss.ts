import { type Contract, finite, type None } from "../../np/internal.ts";
import { type LossOptions, lossOptions } from "./loss-options.ts";

export interface HingeEmbeddingLossOptions extends LossOptions {
  /** Distances of pairs that differ cost nothing from here on; default 1. */
  readonly margin?: number;
}

export const HingeEmbeddingLoss: Contract<None, HingeEmbeddingLossOptions> = {
  name: "HingeEmbeddingLoss",
  positional: {},
  options: { ...lossOptions, margin: finite(1) },
};
