import { settle } from "../../np/internal.ts";
import * as contracts from "./contracts.ts";
import type { ScheduledOptimizer } from "./initial-lr.ts";
import { LRScheduler } from "./lr-scheduler.ts";

/**
 * η(t) = η₀ · γᵗ.
 * @throws RangeError unless gamma is a number ≥ 0
 * @see `torch.optim.lr_scheduler.ExponentialLR`
 */
export class ExponentialLR extends LRScheduler {
  constructor(optimizer: ScheduledOptimizer, gamma: number) {
    settle(contracts.ExponentialLR, { optimizer, gamma }, {});
    super(optimizer, (base, t) => ({ lr: base * gamma ** t }));
  }
}
