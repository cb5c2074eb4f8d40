import { expectCount, expectNumber } from "../../contracts/internal.ts";
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
  constructor(optimizer: ScheduledOptimizer, stepSize: number, { gamma = 0.1 }: GammaOptions = {}) {
    expectCount("StepLR", "stepSize", stepSize);
    expectNumber("StepLR", "gamma", gamma, gamma >= 0, "a number >= 0");
    super(optimizer, (base, t) => ({ lr: base * gamma ** Math.floor(t / stepSize) }));
  }
}
