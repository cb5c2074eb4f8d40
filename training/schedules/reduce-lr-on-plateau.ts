import {
  anyNumber,
  describe,
  expectArgument,
  integer,
  listWith,
  objectWith,
  orNull,
  printsItsText,
  settle,
} from "../../np/internal.ts";
import * as contracts from "./contracts.ts";
import {
  expectGroups,
  perGroup,
  type ScheduledGroup,
  type ScheduledOptimizer,
  writeLr,
} from "./initial-lr.ts";

export interface PlateauOptions {
  /** Whether the metric should fall ("min", a loss) or rise ("max", an accuracy); default "min". */
  readonly mode?: "min" | "max";
  /** The factor of each reduction, above 0 and below 1; default 0.1. */
  readonly factor?: number;
  /** The number of epochs in a row without improvement that are tolerated; default 10. */
  readonly patience?: number;
  /** The minimum change that counts as an improvement; default 1e-4. */
  readonly threshold?: number;
  /**
   * Whether the threshold is a fraction of the best metric ("rel") or a difference ("abs"); default
   * "rel".
   */
  readonly thresholdMode?: "rel" | "abs";
  /** The number of epochs after a reduction that are not judged; default 0. */
  readonly cooldown?: number;
  /** The lower bound of the learning rate, for all groups or for each; default 0. */
  readonly minLr?: number | readonly number[];
  /** Smaller changes of the learning rate are skipped; default 1e-8. */
  readonly eps?: number;
}

/** The state, as plain JSON; `best` is null before the first metric. */
export interface PlateauState {
  readonly lastEpoch: number;
  readonly best: number | null;
  readonly numBadEpochs: number;
  readonly cooldownCounter: number;
  readonly lastLr: readonly number[];
}

const savedState = objectWith<PlateauState>("what stateDict() gave", {
  lastEpoch: integer({ least: 0 }),
  best: orNull(anyNumber),
  numBadEpochs: integer({ least: 0 }),
  cooldownCounter: integer({ least: 0 }),
  lastLr: listWith("a list of learning rates", anyNumber),
});

/**
 * η ← max(factor · η, minLr) once the metric has not improved for more than `patience` epochs. Call
 * `step(metric)` after every epoch; NaN does not count as an improvement.
 * @throws RangeError for an option outside its range; TypeError for a step without a metric
 * @see `torch.optim.lr_scheduler.ReduceLROnPlateau`
 */
export class ReduceLROnPlateau {
  static {
    printsItsText(ReduceLROnPlateau.prototype);
  }

  readonly optimizer: ScheduledOptimizer;
  readonly #options: Required<PlateauOptions>;
  readonly #minLrs: readonly number[];
  #lastEpoch = 0;
  #best: number | null = null;
  #numBadEpochs = 0;
  #cooldownCounter = 0;

  constructor(optimizer: ScheduledOptimizer, options: PlateauOptions = {}) {
    const where = "ReduceLROnPlateau";
    const given = settle(contracts.ReduceLROnPlateau, { optimizer }, options);
    this.#minLrs = perGroup(where, "minLr", given.minLr, expectGroups(where, optimizer));
    this.optimizer = optimizer;
    this.#options = given;
  }

  /** The number of metrics seen. */
  get lastEpoch(): number {
    return this.#lastEpoch;
  }
  /** The learning rate of each group. */
  getLastLr(): number[] {
    return this.optimizer.groups.map(({ lr }) => lr);
  }

  /** Takes the metric of an epoch and reduces the learning rate if it has stopped improving. */
  step(metric: number): void {
    if (typeof metric !== "number")
      throw new TypeError(
        `ReduceLROnPlateau.step: the metric is ${describe(metric)}, expected a number: step(validationLoss)`,
      );
    const { patience, cooldown } = this.#options;
    this.#lastEpoch += 1;
    if (this.#isBetter(metric)) {
      this.#best = metric;
      this.#numBadEpochs = 0;
    } else {
      this.#numBadEpochs += 1;
    }
    if (this.#cooldownCounter > 0) {
      this.#cooldownCounter -= 1;
      this.#numBadEpochs = 0;
    }
    if (this.#numBadEpochs <= patience) return;
    this.#reduce();
    this.#cooldownCounter = cooldown;
    this.#numBadEpochs = 0;
  }

  /** The class, the number of metrics seen, and the learning rates. */
  toString(): string {
    return `${this.constructor.name}(lastEpoch=${this.#lastEpoch}, lastLr=[${this.getLastLr().join(", ")}])`;
  }

  stateDict(): PlateauState {
    return {
      lastEpoch: this.#lastEpoch,
      best: this.#best,
      numBadEpochs: this.#numBadEpochs,
      cooldownCounter: this.#cooldownCounter,
      lastLr: this.getLastLr(),
    };
  }

  /**
   * Continues from `state`, learning rates included.
   * @throws RangeError for a state of other groups
   */
  loadStateDict(state: PlateauState): void {
    const { groups } = this.optimizer;
    expectArgument("ReduceLROnPlateau.loadStateDict", "state", savedState, state);
    if (state.lastLr?.length !== groups.length)
      throw new RangeError(`ReduceLROnPlateau.loadStateDict: the state is not for ${groups.length} group(s)`);
    this.#lastEpoch = state.lastEpoch;
    this.#best = state.best;
    this.#numBadEpochs = state.numBadEpochs;
    this.#cooldownCounter = state.cooldownCounter;
    for (const [i, group] of groups.entries()) writeLr(group, state.lastLr[i] as number);
  }

  #isBetter(metric: number): boolean {
    const { mode, threshold, thresholdMode } = this.#options;
    if (this.#best === null) return mode === "min" ? metric < Infinity : metric > -Infinity;
    const sign = mode === "min" ? -1 : 1;
    const bar = thresholdMode === "rel" ? this.#best * (1 + sign * threshold) : this.#best + sign * threshold;
    return mode === "min" ? metric < bar : metric > bar;
  }

  #reduce(): void {
    const { factor, eps } = this.#options;
    for (const [i, group] of (this.optimizer.groups as readonly ScheduledGroup[]).entries()) {
      const lr = Math.max(group.lr * factor, this.#minLrs[i] as number);
      if (group.lr - lr > eps) writeLr(group, lr);
    }
  }
}
