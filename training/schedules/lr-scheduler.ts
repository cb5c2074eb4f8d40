import {
  expectGroups,
  initialLr,
  type ScheduledGroup,
  type ScheduledOptimizer,
  writeLr,
} from "./initial-lr.ts";

/** What a schedule sets in a group; without `momentum` it leaves that alone. */
export interface ScheduledValues {
  readonly lr: number;
  readonly momentum?: number;
}

/** The values at an epoch of the group with this number, whose learning rate was `base` before any schedule. */
export type ScheduleRule = (base: number, epoch: number, group: number) => ScheduledValues;

/** Where a schedule stands, as plain JSON. Its arguments are not in it: they stand in the program. */
export interface ScheduleState {
  readonly lastEpoch: number;
  readonly baseLrs: readonly number[];
  readonly lastLr: readonly number[];
}

/**
 * What all schedules share. One is a formula of the epoch, counted from 0: that of epoch 0 is set at once, and `step()` sets the next one.
 * Call it after the optimizer's steps, once an epoch (once a batch for `OneCycleLR`): called first, it would skip the value of epoch 0,
 * and nobody would notice, since a schedule does not see whether the optimizer has stepped.
 * @see PyTorch reference, "How to adjust learning rate"
 */
export abstract class LRScheduler {
  readonly optimizer: ScheduledOptimizer;
  readonly #rule: ScheduleRule;
  #baseLrs: readonly number[];
  #lastLr: readonly number[] = [];
  #lastEpoch = 0;

  constructor(optimizer: ScheduledOptimizer, rule: ScheduleRule) {
    this.optimizer = optimizer;
    this.#rule = rule;
    this.#baseLrs = expectGroups(this.constructor.name, optimizer).map(initialLr);
    this.#set(0);
  }

  /** The number of the epoch whose values are set. */
  get lastEpoch(): number {
    return this.#lastEpoch;
  }
  /** The learning rate of each group, as it was set last. */
  getLastLr(): number[] {
    return [...this.#lastLr];
  }
  /** What the learning rate of each group is at any epoch; changes nothing, so that a schedule can be drawn. */
  lrAt(epoch: number): number[] {
    return this.#baseLrs.map((_, group) => this.valuesAt(epoch, group).lr);
  }
  /** What one group is given at an epoch. @throws RangeError where the schedule gives no number */
  valuesAt(epoch: number, group: number): ScheduledValues {
    const values = this.#rule(this.#baseLrs[group] as number, epoch, group);
    if (Number.isFinite(values.lr)) return values;
    throw new RangeError(`${this.constructor.name}: the learning rate at epoch ${epoch} is ${values.lr}`);
  }

  /** Goes on to the next epoch. @throws RangeError when something else changed the learning rate, which would be lost */
  step(): void {
    const { groups } = this.optimizer;
    const where = `${this.constructor.name}.step`;
    if (groups.length !== this.#baseLrs.length)
      throw new RangeError(
        `${where}: the optimizer has ${groups.length} groups, and had ${this.#baseLrs.length} when the schedule was made; make a new one`,
      );
    const changed = groups.findIndex((group, i) => group.lr !== this.#lastLr[i]);
    if (changed >= 0) {
      throw new RangeError(
        `${where}: lr is ${groups[changed]?.lr}, but this schedule had set ${this.#lastLr[changed]}; combine schedules with SequentialLR, and after a change by hand or a loaded optimizer make a new schedule or load its state`,
      );
    }
    this.#set(this.#lastEpoch + 1);
  }

  stateDict(): ScheduleState {
    return { lastEpoch: this.#lastEpoch, baseLrs: [...this.#baseLrs], lastLr: this.getLastLr() };
  }

  /**
   * Goes on where `state` was taken, and sets the optimizer's values of that epoch.
   * @throws RangeError for a state of other groups, or of a schedule that was made with other arguments
   */
  loadStateDict(state: ScheduleState): void {
    const where = `${this.constructor.name}.loadStateDict`;
    const { lastEpoch, baseLrs, lastLr } = state;
    const count = this.optimizer.groups.length;
    if (!Number.isInteger(lastEpoch) || lastEpoch < 0)
      throw new RangeError(`${where}: lastEpoch is ${lastEpoch}, expected a whole number >= 0`);
    if (baseLrs?.length !== count || lastLr?.length !== count)
      throw new RangeError(`${where}: the state is not one of ${count} group(s)`);
    const before = this.#baseLrs;
    this.#baseLrs = [...baseLrs];
    const other = this.lrAt(lastEpoch).findIndex(
      (lr, i) => !(Math.abs(lr - (lastLr[i] as number)) <= 1e-9 * Math.abs(lr)),
    );
    if (other >= 0) {
      const here = this.lrAt(lastEpoch)[other];
      this.#baseLrs = before;
      throw new RangeError(
        `${where}: at epoch ${lastEpoch} the learning rate was ${lastLr[other]}, with this schedule's arguments it is ${here}; make it as the saved one was made`,
      );
    }
    this.#set(lastEpoch);
  }

  /** Values are found for all groups before the first is changed. */
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
