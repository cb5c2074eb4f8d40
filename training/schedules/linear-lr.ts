import { settle } from "../../np/internal.ts";
import * as contracts from "./contracts.ts";
import type { ScheduledOptimizer } from "./initial-lr.ts";
import { LRScheduler } from "./lr-scheduler.ts";

export interface LinearLROptions {
  /** η(0) / η₀, above 0 and at most 1; default 1/3. */
  readonly startFactor?: number;
  /** The factor on η₀ from `totalIters` on, in 0 … 1; default 1. */
  readonly endFactor?: number;
  /** Number of epochs from the first factor to the last; default 5. */
  readonly totalIters?: number;
}

/**
 * η(t) = η₀ · (start + (end − start) · min(t, totalIters) / totalIters). The defaults give a
 * warm-up.
 * @throws RangeError for a factor or a length outside its range
 * @see Goyal et al., "Accurate, Large Minibatch SGD", 2017, section 2.2;
 * `torch.optim.lr_scheduler.LinearLR`
 */
export class LinearLR extends LRScheduler {
  constructor(optimizer: ScheduledOptimizer, options: LinearLROptions = {}) {
    const given = settle(contracts.LinearLR, { optimizer }, options);
    const { startFactor: start, endFactor: end, totalIters } = given;
    super(optimizer, (base, t) => ({
      lr: base * (start + ((end - start) * Math.min(t, totalIters)) / totalIters),
    }));
  }
}
