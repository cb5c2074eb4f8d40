import { type Contract, type None, number, optional } from "../../np/internal.ts";
import { type LossOptions, lossOptions } from "./loss-options.ts";

export interface CosineEmbeddingLossOptions extends LossOptions {
  /** Different pairs cost nothing while their cosine is at most this, −1 … 1; default 0. */
  readonly margin?: number;
}

export const CosineEmbeddingLoss: Contract<None, CosineEmbeddingLossOptions> = {
  name: "CosineEmbeddingLoss",
  positional: {},
  options: { ...lossOptions, margin: optional(number({ least: -1, most: 1 }, ": a cosine"), 0) },
};
