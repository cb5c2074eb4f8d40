import { settle } from "../../np/internal.ts";
import * as contracts from "./contracts.ts";
import type { EtaMinOptions } from "./cosine-annealing-lr.ts";
import type { ScheduledOptimizer } from "./initial-lr.ts";
import { LRScheduler } from "./lr-scheduler.ts";

export interface WarmRestartsOptions extends EtaMinOptions {
  /**
   * The factor by which each cycle is longer than the previous one, a whole number ≥ 1; default 1.
   */
  readonly tMult?: number;
}

/**
 * η(t) = ηmin + (η₀ − ηmin) (1 + cos(π s / T)) / 2, where s counts the epochs since the last
 * restart. The first cycle has T = t0 epochs; each later one has tMult times as many as the one
 * before.
 * @throws RangeError unless t0 and tMult are whole numbers ≥ 1 and etaMin ≥ 0
 * @see Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", ICLR 2017,
 * eq. 5
 */
export class CosineAnnealingWarmRestarts extends LRScheduler {
  constructor(optimizer: ScheduledOptimizer, t0: number, options: WarmRestartsOptions = {}) {
    const given = settle(contracts.CosineAnnealingWarmRestarts, { optimizer, t0 }, options);
    const { tMult, etaMin } = given;
    super(optimizer, (base, t) => {
      let [since, length] = [tMult === 1 ? t % t0 : t, t0];
      while (since >= length) {
        since -= length;
        length *= tMult;
      }
      return { lr: etaMin + ((base - etaMin) * (1 + Math.cos((Math.PI * since) / length))) / 2 };
    });
  }
}
