import { settle } from "../../np/internal.ts";
import * as contracts from "./contracts.ts";
import { expectGroups, type ScheduledOptimizer } from "./initial-lr.ts";
import { LRScheduler } from "./lr-scheduler.ts";

/** What the initial learning rate is multiplied by at an epoch. */
export type LrLambda = (epoch: number) => number;

/**
 * η(t) = η₀ · f(t), for one f, or one for each group. Of the functions nothing is saved: make the schedule with the same ones again.
 * @throws RangeError for another number of functions than groups, and where f gives no number
 * @see `torch.optim.lr_scheduler.LambdaLR`
 */
export class LambdaLR extends LRScheduler {
  constructor(optimizer: ScheduledOptimizer, lrLambda: LrLambda | readonly LrLambda[]) {
    settle(contracts.LambdaLR, { optimizer, lrLambda }, {});
    const groups = expectGroups("LambdaLR", optimizer);
    const lambdas = typeof lrLambda === "function" ? groups.map(() => lrLambda) : [...lrLambda];
    if (lambdas.length !== groups.length)
      throw new RangeError(`LambdaLR: Expected ${groups.length} lr_lambdas, but got ${lambdas.length}`);
    super(optimizer, (base, t, group) => ({ lr: base * (lambdas[group] as LrLambda)(t) }));
  }
}
