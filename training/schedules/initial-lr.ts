/** What a schedule changes of a group: every optimizer has `lr`; `OneCycleLR` also turns its momentum or its first beta. */
export interface ScheduledGroup {
  lr: number;
  momentum?: number;
  betas?: readonly [number, number];
}

/** An optimizer as a schedule sees it, of either side. */
export interface ScheduledOptimizer {
  readonly groups: readonly ScheduledGroup[];
}

/** Of each group the learning rate before any schedule, and the one that a schedule wrote last. */
const known = new WeakMap<ScheduledGroup, { readonly initial: number; readonly written: number }>();

/**
 * The learning rate that a group had before any schedule touched it, so that several may be made for one optimizer, as parts of a
 * `SequentialLR`. One that was set by hand since is the new initial one.
 */
export function initialLr(group: ScheduledGroup): number {
  const before = known.get(group);
  return before?.written === group.lr ? before.initial : group.lr;
}

/** Writes a learning rate, and remembers what it was before the first. */
export function writeLr(group: ScheduledGroup, lr: number): void {
  known.set(group, { initial: initialLr(group), written: lr });
  group.lr = lr;
}

/** @throws TypeError for anything that has no groups with a learning rate */
export function expectGroups(where: string, optimizer: ScheduledOptimizer): readonly ScheduledGroup[] {
  const groups: unknown = (optimizer as Partial<ScheduledOptimizer> | null | undefined)?.groups;
  if (Array.isArray(groups) && groups.length > 0 && groups.every((group) => Number.isFinite(group?.lr)))
    return groups as ScheduledGroup[];
  throw new TypeError(
    `${where}: expected an optimizer, which has groups: [{ lr }]; pass the optimizer first: new ${where}(optimizer, …)`,
  );
}

/** One number for all groups, or one for each. @throws RangeError for another count */
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
