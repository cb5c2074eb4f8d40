import { type Contract, flag, type None, oneOf, optional } from "../../np/internal.ts";
import type { KLDivReduction } from "./reduction.ts";

export interface KLDivLossOptions {
  /** Default "mean", as in PyTorch; "batchmean" gives the divergence. */
  readonly reduction?: KLDivReduction;
  /** Whether the target also holds logarithms; default false. */
  readonly logTarget?: boolean;
}

export const KLDivLoss: Contract<None, KLDivLossOptions> = {
  name: "KLDivLoss",
  positional: {},
  options: { reduction: optional(oneOf("mean", "batchmean", "sum", "none"), "mean"), logTarget: flag(false) },
};
