import { type Operators, where } from "../../np/index.ts";
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

/** t log t for the logarithm of t, with 0 log 0 = 0. */
export function timesLog<A extends Operators<A>>(t: A, logT: A): A {
  return where(t.greater(0), t.mul(logT), 0);
}
