import { settle } from "../../np/internal.ts";
import * as contracts from "./contracts.ts";
import type { ScheduledOptimizer } from "./initial-lr.ts";
import { LRScheduler } from "./lr-scheduler.ts";

export interface GammaOptions {
  /** The factor on the learning rate; default 0.1. */
  readonly gamma?: number;
}

/**
 * η(t) = η₀ · γ^⌊t / stepSize⌋: by default a factor of 0.1 every `stepSize` epochs.
 * @throws RangeError unless stepSize is a whole number ≥ 1
 * @see `torch.optim.lr_scheduler.StepLR`
 */
export class StepLR extends LRScheduler {
  constructor(optimizer: ScheduledOptimizer, stepSize: number, options: GammaOptions = {}) {
    const { gamma } = settle(contracts.StepLR, { optimizer, stepSize }, options);
    super(optimizer, (base, t) => ({ lr: base * gamma ** Math.floor(t / stepSize) }));
  }
}
