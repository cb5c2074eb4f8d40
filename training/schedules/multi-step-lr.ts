import { settle } from "../../np/internal.ts";
import * as contracts from "./contracts.ts";
import type { ScheduledOptimizer } from "./initial-lr.ts";
import { LRScheduler } from "./lr-scheduler.ts";
import { passed } from "./milestones.ts";
import type { GammaOptions } from "./step-lr.ts";

/**
 * η(t) = η₀ · γ^(number of milestones ≤ t): by default a factor of 0.1 at each milestone. A
 * repeated milestone counts twice.
 * @throws RangeError unless milestones are whole numbers ≥ 0 that never decrease
 * @see He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, section 4.2;
 * `torch.optim.lr_scheduler.MultiStepLR`
 */
export class MultiStepLR extends LRScheduler {
  constructor(optimizer: ScheduledOptimizer, milestones: readonly number[], options: GammaOptions = {}) {
    const { gamma } = settle(contracts.MultiStepLR, { optimizer, milestones }, options);
    const at = [...milestones];
    super(optimizer, (base, t) => ({ lr: base * gamma ** passed(at, t) }));
  }
}
