import { expectNumber } from "../../contracts/internal.ts";
import type { ScheduledOptimizer } from "./initial-lr.ts";
import { LRScheduler } from "./lr-scheduler.ts";
import { expectMilestones, passed } from "./milestones.ts";
import type { GammaOptions } from "./step-lr.ts";

/**
 * η(t) = η₀ · γ^(number of milestones ≤ t): by default a factor of 0.1 at each milestone. A
 * repeated milestone counts twice.
 * @throws RangeError unless milestones are whole numbers ≥ 0 that never decrease
 * @see He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, section 4.2;
 * `torch.optim.lr_scheduler.MultiStepLR`
 */
export class MultiStepLR extends LRScheduler {
  constructor(
    optimizer: ScheduledOptimizer,
    milestones: readonly number[],
    { gamma = 0.1 }: GammaOptions = {},
  ) {
    const at = expectMilestones("MultiStepLR", milestones);
    expectNumber("MultiStepLR", "gamma", gamma, gamma >= 0, "a number >= 0");
    super(optimizer, (base, t) => ({ lr: base * gamma ** passed(at, t) }));
  }
}
