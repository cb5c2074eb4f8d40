import { settle } from "../../np/internal.ts";
import * as contracts from "./contracts.ts";
import { expectGroups, type ScheduledOptimizer } from "./initial-lr.ts";
import { LRScheduler } from "./lr-scheduler.ts";

/** The factor on the initial learning rate at an epoch. */
export type LrLambda = (epoch: number) => number;

/**
 * η(t) = η₀ · f(t), with one f for all groups or one for each. The functions are not saved: to
 * resume, create the schedule with the same ones.
 * @throws RangeError unless the number of functions equals the number of groups, and where f
 * returns no number
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
