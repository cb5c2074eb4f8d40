import { settle } from "../../np/internal.ts";
import * as contracts from "./contracts.ts";
import type { ScheduledOptimizer } from "./initial-lr.ts";
import { LRScheduler } from "./lr-scheduler.ts";

export interface PolynomialLROptions {
  /** The number of epochs until the learning rate is 0; default 5. */
  readonly totalIters?: number;
  /** The exponent; 1 is a straight line; default 1. */
  readonly power?: number;
}

/**
 * η(t) = η₀ · (1 − min(t, totalIters) / totalIters)^power.
 * @throws RangeError unless totalIters is a whole number ≥ 1 and power ≥ 0
 * @see Chen et al., "DeepLab", TPAMI 40 (2018), section 4.1; `torch.optim.lr_scheduler.PolynomialLR`
 */
export class PolynomialLR extends LRScheduler {
  constructor(optimizer: ScheduledOptimizer, options: PolynomialLROptions = {}) {
    const { totalIters, power } = settle(contracts.PolynomialLR, { optimizer }, options);
    super(optimizer, (base, t) => ({ lr: base * (1 - Math.min(t, totalIters) / totalIters) ** power }));
  }
}
