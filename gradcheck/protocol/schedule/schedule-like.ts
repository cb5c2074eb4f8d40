/** The numbers of a group that a schedule may change. */
export interface ScheduledNumbers {
  lr: number;
  momentum: number;
  readonly weightDecay: number;
}

/** What a schedule gets: the part of an optimizer with the numbers. */
export interface ScheduledStub {
  readonly groups: readonly ScheduledNumbers[];
  /** The learning rate, for schedules that know no groups. */
  lr: number;
  step(): void;
}

/** A schedule of whatever class; `step` may take a metric or the epoch. */
export interface ScheduleLike {
  step(...given: readonly number[]): unknown;
}
export type MakeSchedule = (optimizer: ScheduledStub) => ScheduleLike;

/** Somebody's schedule, and ours where there is one. */
export interface ScheduleSpecimen {
  readonly title: string;
  readonly make: MakeSchedule;
  /** Null for a class outside the catalogue. */
  readonly ours: MakeSchedule | null;
  readonly steps: number;
  /** What `step` gets; default the epoch, if it takes anything. */
  readonly metrics?: readonly number[] | undefined;
}

/** Groups with these learning rates, an optimizer around them, and whether anybody asked it for the groups. */
export interface Stub {
  readonly groups: readonly ScheduledNumbers[];
  readonly optimizer: ScheduledStub;
  seen(): boolean;
}

export function stub(lrs: readonly number[]): Stub {
  const groups = lrs.map((lr): ScheduledNumbers => ({ lr, momentum: 0.9, weightDecay: 0.01 }));
  const [first] = groups as [ScheduledNumbers];
  let seen = false;
  const optimizer: ScheduledStub = {
    get groups() {
      seen = true;
      return groups;
    },
    get lr() {
      return first.lr;
    },
    set lr(lr) {
      first.lr = lr;
    },
    step: () => undefined,
  };
  return { groups, optimizer, seen: () => seen };
}
