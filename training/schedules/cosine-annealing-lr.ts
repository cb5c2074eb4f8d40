import { settle } from "../../np/internal.ts";
import * as contracts from "./contracts.ts";
import type { ScheduledOptimizer } from "./initial-lr.ts";
import { LRScheduler } from "./lr-scheduler.ts";

export interface EtaMinOptions {
  /** The smallest learning rate, ≥ 0; default 0. */
  readonly etaMin?: number;
}

/**
 * η(t) = ηmin + (η₀ − ηmin) (1 + cos(π t / tMax)) / 2: falls to ηmin at t = tMax, then rises again
 * like a cosine.
 * @throws RangeError unless tMax is a whole number ≥ 1 and etaMin ≥ 0
 * @see Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", ICLR 2017,
 * eq. 5, without its restarts
 */
export class CosineAnnealingLR extends LRScheduler {
  constructor(optimizer: ScheduledOptimizer, tMax: number, options: EtaMinOptions = {}) {
    const { etaMin } = settle(contracts.CosineAnnealingLR, { optimizer, tMax }, options);
    super(optimizer, (base, t) => ({
      lr: etaMin + ((base - etaMin) * (1 + Math.cos((Math.PI * t) / tMax))) / 2,
    }));
  }
}
