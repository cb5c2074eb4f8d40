/** The number of milestones reached at epoch t. */
export function passed(milestones: readonly number[], t: number): number {
  return milestones.filter((milestone) => milestone <= t).length;
}
