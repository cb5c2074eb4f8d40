/**
 * The fields of a group that a schedule changes: always `lr`; `OneCycleLR` also the momentum or the
 * first beta.
 */
export interface ScheduledGroup {
  lr: number;
  momentum?: number;
  betas?: readonly [number, number];
}

/** The part of an optimizer, on either side, that a schedule uses. */
export interface ScheduledOptimizer {
  readonly groups: readonly ScheduledGroup[];
}

/** For each group, the learning rate before any schedule and the one that a schedule last wrote. */
const known = new WeakMap<ScheduledGroup, { readonly initial: number; readonly written: number }>();

/**
 * The learning rate of a group before any schedule changed it, so that one optimizer can have
 * several schedules, as parts of a `SequentialLR`. A value set by hand since then becomes the
 * initial one.
 */
export function initialLr(group: ScheduledGroup): number {
  const before = known.get(group);
  return before?.written === group.lr ? before.initial : group.lr;
}

/** Writes a learning rate, and remembers the group's initial one. */
export function writeLr(group: ScheduledGroup, lr: number): void {
  known.set(group, { initial: initialLr(group), written: lr });
  group.lr = lr;
}

/** Returns the optimizer's groups. @throws TypeError unless each has a learning rate */
export function expectGroups(where: string, optimizer: ScheduledOptimizer): readonly ScheduledGroup[] {
  const groups: unknown = (optimizer as Partial<ScheduledOptimizer> | null | undefined)?.groups;
  if (Array.isArray(groups) && groups.length > 0 && groups.every((group) => Number.isFinite(group?.lr)))
    return groups as ScheduledGroup[];
  throw new TypeError(
    `${where}: expected an optimizer, which has groups: [{ lr }]; pass the optimizer first: new ${where}(optimizer, …)`,
  );
}

/**
 * Expands one number to all groups, or takes one per group.
 * @throws RangeError for another count
 */
export function perGroup(
  where: string,
  name: string,
  given: number | readonly number[],
  groups: readonly ScheduledGroup[],
): readonly number[] {
  const values = typeof given === "number" ? groups.map(() => given) : [...given];
  if (values.length === groups.length) return values;
  throw new RangeError(`${where}: ${name} has ${values.length} values for ${groups.length} group(s)`);
}
