import { settle } from "../../np/internal.ts";
import * as contracts from "./contracts.ts";
import type { ScheduledOptimizer } from "./initial-lr.ts";
import { LRScheduler } from "./lr-scheduler.ts";

export interface ConstantLROptions {
  /** The factor on η₀ until `totalIters`, in 0 … 1; default 1/3. */
  readonly factor?: number;
  /** Number of epochs with the factor; default 5. */
  readonly totalIters?: number;
}

/**
 * η(t) = η₀ · factor for t < totalIters, then η₀.
 * @throws RangeError for a factor or a length outside its range
 * @see `torch.optim.lr_scheduler.ConstantLR`
 */
export class ConstantLR extends LRScheduler {
  constructor(optimizer: ScheduledOptimizer, options: ConstantLROptions = {}) {
    const { factor, totalIters } = settle(contracts.ConstantLR, { optimizer }, options);
    super(optimizer, (base, t) => ({ lr: t < totalIters ? base * factor : base }));
  }
}
