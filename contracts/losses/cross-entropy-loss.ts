import type { NDArray } from "../../np/index.ts";
import { type Contract, integer, type None, type OptionTable, optional, share } from "../../np/internal.ts";
import { factors, type LossOptions, lossOptions } from "./loss-options.ts";

export interface NLLLossOptions extends LossOptions {
  /** A factor for each class, (C,); a mean divides by the sum of the factors of the targets; default null: none. */
  readonly weight?: NDArray | null;
  /** Rows with this target are ignored; default -100. */
  readonly ignoreIndex?: number;
}

export interface CrossEntropyLossOptions extends NLLLossOptions {
  /** ε in 0 … 1: the target becomes (1 − ε) · target + ε / C; default 0. */
  readonly labelSmoothing?: number;
}

const options: OptionTable<NLLLossOptions> = {
  ...lossOptions,
  weight: factors,
  ignoreIndex: optional(integer(), -100),
};

export const NLLLoss: Contract<None, NLLLossOptions> = { name: "NLLLoss", positional: {}, options };

export const CrossEntropyLoss: Contract<None, CrossEntropyLossOptions> = {
  name: "CrossEntropyLoss",
  positional: {},
  options: { ...options, labelSmoothing: share(0) },
};
