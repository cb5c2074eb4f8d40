import {
  describe,
  expectArgument,
  functionOf,
  integer,
  markCopy,
  number,
  objectWith,
  printsItsText,
} from "../../np/internal.ts";
import {
  expectGroups,
  initialLr,
  type ScheduledGroup,
  type ScheduledOptimizer,
  writeLr,
} from "./initial-lr.ts";

/**
 * The values that a schedule sets in a group; without `momentum` it does not change the momentum.
 */
export interface ScheduledValues {
  readonly lr: number;
  readonly momentum?: number;
}

const rules = functionOf<ScheduleRule>("a function of (base, epoch, group) that returns { lr }");
const anyEpoch = number({ least: 0 });
const savedState = objectWith<ScheduleState>("what stateDict() gave", {});

/**
 * Returns the values at an epoch for one group, whose learning rate was `base` before any schedule.
 */
export type ScheduleRule = (base: number, epoch: number, group: number) => ScheduledValues;

/**
 * The state of a schedule, as plain JSON. Its arguments are not included; the program supplies
 * them.
 */
export interface ScheduleState {
  readonly lastEpoch: number;
  readonly baseLrs: readonly number[];
  readonly lastLr: readonly number[];
}

/**
 * The base class of all schedules. A schedule is a formula of the epoch, counted from 0. The
 * constructor sets epoch 0, and each `step()` sets the next one. Call it after the optimizer's
 * steps, once per epoch (once per batch for `OneCycleLR`). Calling it first would skip epoch 0
 * unnoticed, because a schedule cannot tell whether the optimizer has stepped.
 * @see PyTorch reference, "How to adjust learning rate"
 */
export abstract class LRScheduler {
  static {
    markCopy(LRScheduler.prototype);
    printsItsText(LRScheduler.prototype);
  }

  readonly optimizer: ScheduledOptimizer;
  readonly #rule: ScheduleRule;
  #baseLrs: readonly number[];
  #lastLr: readonly number[] = [];
  #lastEpoch = 0;

  constructor(optimizer: ScheduledOptimizer, rule: ScheduleRule) {
    expectArgument(this.constructor.name, "rule", rules, rule);
    this.optimizer = optimizer;
    this.#rule = rule;
    this.#baseLrs = expectGroups(this.constructor.name, optimizer).map(initialLr);
    this.#set(0);
  }

  /** The epoch whose values are currently set. */
  get lastEpoch(): number {
    return this.#lastEpoch;
  }
  /** The learning rate of each group, as last set. */
  getLastLr(): number[] {
    return [...this.#lastLr];
  }
  /** The learning rate of each group at any epoch. Changes nothing, so it can be used for plots. */
  lrAt(epoch: number): number[] {
    return this.#baseLrs.map((_, group) => this.valuesAt(epoch, group).lr);
  }
  /**
   * The values of one group at an epoch.
   * @throws RangeError if the formula gives no finite number
   */
  valuesAt(epoch: number, group: number): ScheduledValues {
    const where = `${this.constructor.name}.valuesAt`;
    expectArgument(where, "epoch", anyEpoch, epoch);
    expectArgument(where, "group", integer({ least: 0, most: this.#baseLrs.length - 1 }), group);
    const values = this.#rule(this.#baseLrs[group] as number, epoch, group);
    if (Number.isFinite(values?.lr)) return values;
    throw new RangeError(
      `${this.constructor.name}: the learning rate at epoch ${epoch} is ${describe(values?.lr)}, expected a finite number`,
    );
  }

  /**
   * Moves to the next epoch.
   * @throws RangeError if something else changed the learning rate, since that change would be lost
   */
  step(): void {
    const { groups } = this.optimizer;
    const where = `${this.constructor.name}.step`;
    if (groups.length !== this.#baseLrs.length)
      throw new RangeError(
        `${where}: the optimizer has ${groups.length} groups, but had ${this.#baseLrs.length} when the schedule was created; create a new one`,
      );
    const changed = groups.findIndex((group, i) => group.lr !== this.#lastLr[i]);
    if (changed >= 0) {
      throw new RangeError(
        `${where}: lr is ${describe(groups[changed]?.lr)}, but this schedule set it to ${describe(this.#lastLr[changed])}; combine schedules with SequentialLR, and after changing lr by hand or loading the optimizer, create a new schedule or load its state`,
      );
    }
    this.#set(this.#lastEpoch + 1);
  }

  /** The class, the epoch, and the learning rates that it has set. */
  toString(): string {
    return `${this.constructor.name}(lastEpoch=${this.#lastEpoch}, lastLr=[${this.#lastLr.join(", ")}])`;
  }

  stateDict(): ScheduleState {
    return { lastEpoch: this.#lastEpoch, baseLrs: [...this.#baseLrs], lastLr: this.getLastLr() };
  }

  /**
   * Continues from `state`, and sets the optimizer's values of that epoch.
   * @throws RangeError for a state with other groups, or from a schedule with other arguments
   */
  loadStateDict(state: ScheduleState): void {
    const where = `${this.constructor.name}.loadStateDict`;
    expectArgument(where, "state", savedState, state);
    const { lastEpoch, baseLrs, lastLr } = state;
    if (!Number.isInteger(lastEpoch) || lastEpoch < 0)
      throw new RangeError(`${where}: lastEpoch is ${describe(lastEpoch)}, expected a whole number >= 0`);
    const count = this.optimizer.groups.length;
    if (baseLrs?.length !== count || lastLr?.length !== count)
      throw new RangeError(`${where}: the state is not for ${count} group(s)`);
    const before = this.#baseLrs;
    this.#baseLrs = [...baseLrs];
    const other = this.lrAt(lastEpoch).findIndex(
      (lr, i) => !(Math.abs(lr - (lastLr[i] as number)) <= 1e-9 * Math.abs(lr)),
    );
    if (other >= 0) {
      const here = this.lrAt(lastEpoch)[other];
      this.#baseLrs = before;
      throw new RangeError(
        `${where}: at epoch ${lastEpoch} the learning rate was ${describe(lastLr[other])}, but with this schedule's arguments it is ${describe(here)}; create it with the saved schedule's arguments`,
      );
    }
    this.#set(lastEpoch);
  }

  /** Computes the values of all groups before changing the first. */
  #set(epoch: number): void {
    const values = this.#baseLrs.map((_, group) => this.valuesAt(epoch, group));
    for (const [i, { lr, momentum }] of values.entries()) {
      const group = this.optimizer.groups[i] as ScheduledGroup;
      writeLr(group, lr);
      if (momentum === undefined) continue;
      if (group.betas) group.betas = [momentum, group.betas[1]];
      else group.momentum = momentum;
    }
    this.#lastLr = values.map(({ lr }) => lr);
    this.#lastEpoch = epoch;
  }
}
