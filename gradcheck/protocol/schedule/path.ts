import {
  type MakeSchedule,
  type ScheduledNumbers,
  type ScheduleLike,
  type ScheduleSpecimen,
  type Stub,
  stub,
} from "./schedule-like.ts";

/** The numbers of every group at an epoch. */
export type Epoch = readonly Readonly<ScheduledNumbers>[];

/** What runs before a step, counted from 1. */
export type Before = (step: number, groups: readonly ScheduledNumbers[]) => void;

/** The numbers after the constructor, epoch 0, and after every step. */
export function* pathInTurns(
  make: MakeSchedule,
  { optimizer, groups }: Stub,
  { steps, metrics }: Pick<ScheduleSpecimen, "steps" | "metrics">,
  before: Before = () => undefined,
): Generator<void, Epoch[]> {
  const schedule = make(optimizer);
  const now = (): Epoch => groups.map((group) => ({ ...group }));
  const path = [now()];
  for (let step = 1; step <= steps; step++) {
    before(step, groups);
    schedule.step(...given(schedule, step, metrics));
    path.push(now());
    yield;
  }
  return path;
}

/** The metric, or the epoch for a `step` that cannot do without an argument. */
function given(schedule: ScheduleLike, step: number, metrics: readonly number[] | undefined): number[] {
  if (metrics) return [metrics[step - 1] as number];
  return schedule.step.length > 0 ? [step] : [];
}

/** The path of a new schedule on groups with these learning rates. */
export function pathOf(
  make: MakeSchedule,
  lrs: readonly number[],
  specimen: Pick<ScheduleSpecimen, "steps" | "metrics">,
  before?: Before,
): Epoch[] {
  const run = pathInTurns(make, stub(lrs), specimen, before);
  let turn = run.next();
  while (!turn.done) turn = run.next();
  return turn.value;
}
