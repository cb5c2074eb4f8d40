import { settle, twoCopies } from "../../np/internal.ts";
import * as contracts from "./contracts.ts";
import type { ScheduledOptimizer } from "./initial-lr.ts";
import { LRScheduler, type ScheduleState } from "./lr-scheduler.ts";
import { passed } from "./milestones.ts";

export interface SequentialState extends ScheduleState {
  readonly schedulers: readonly ScheduleState[];
}

/**
 * Runs one schedule after another, such as a warm-up followed by a cosine. At milestone k, schedule
 * k + 1 starts at its own epoch 0. The parts serve only as formulas: step the sequence, never a
 * part.
 * @throws RangeError unless there is one milestone fewer than schedules; TypeError for a part with
 * another optimizer, or `ReduceLROnPlateau`
 * @see `torch.optim.lr_scheduler.SequentialLR`
 */
export class SequentialLR extends LRScheduler {
  readonly #schedulers: readonly LRScheduler[];

  constructor(
    optimizer: ScheduledOptimizer,
    schedulers: readonly LRScheduler[],
    milestones: readonly number[],
  ) {
    settle(contracts.SequentialLR, { optimizer, schedulers, milestones }, {});
    const at = [...milestones];
    const parts = [...schedulers];
    if (at.length !== parts.length - 1) {
      throw new RangeError(
        `SequentialLR: expects number of schedulers provided to be one more than the number of milestone points, but got ${parts.length} schedulers and ${at.length} milestones`,
      );
    }
    for (const [i, part] of parts.entries()) {
      if (!(part instanceof LRScheduler))
        throw new TypeError(
          `SequentialLR: schedulers[${i}] is not a formula of the epoch; ${twoCopies(part) ?? "ReduceLROnPlateau follows a metric, so step it separately"}`,
        );
      if (part.optimizer !== optimizer)
        throw new TypeError(
          `SequentialLR: expects all schedulers to belong to the same optimizer; schedulers[${i}] has another one`,
        );
    }
    super(optimizer, (_base, t, group) => {
      const k = passed(at, t);
      return (parts[k] as LRScheduler).valuesAt(t - (at[k - 1] ?? 0), group);
    });
    this.#schedulers = parts;
  }

  override stateDict(): SequentialState {
    return { ...super.stateDict(), schedulers: this.#schedulers.map((part) => part.stateDict()) };
  }

  override loadStateDict(state: SequentialState): void {
    if (state?.schedulers?.length !== this.#schedulers.length)
      throw new RangeError(
        `SequentialLR.loadStateDict: the state is not for ${this.#schedulers.length} schedulers`,
      );
    for (const [i, part] of this.#schedulers.entries())
      part.loadStateDict(state.schedulers[i] as ScheduleState);
    super.loadStateDict(state);
  }
}
