/** The number of milestones reached at epoch t. */
export function passed(milestones: readonly number[], t: number): number {
  return milestones.filter((milestone) => milestone <= t).length;
}

/**
 * Copies a list of epochs. @throws RangeError unless they are whole numbers ≥ 0 that never decrease
 * @throws RangeError unless they are whole numbers ≥ 0 that do not fall
 */
export function expectMilestones(where: string, milestones: readonly number[]): readonly number[] {
  if (!Array.isArray(milestones)) {
    throw new RangeError(`${where}: milestones are ${milestones}, expected a list of epochs: [30, 60]`);
  }
  const wrong = milestones.find((m, i) => !Number.isInteger(m) || m < 0 || m < (milestones[i - 1] ?? 0));
  if (wrong === undefined) return [...milestones];
  throw new RangeError(
    `${where}: milestones are [${milestones.join(", ")}], expected whole numbers >= 0 that never decrease`,
  );
}
