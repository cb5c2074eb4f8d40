/** g + λp; without λ it is g, since 0 · ∞ would be NaN. */
export function penalised(g: number, p: number, weightDecay: number): number {
  return weightDecay > 0 ? g + weightDecay * p : g;
}
