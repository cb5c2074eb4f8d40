interface Decay {
  readonly lr: number;
  readonly weightDecay: number;
  readonly decoupledWeightDecay?: boolean;
}

/**
 * λ of the penalty in the gradient; 0 if weight decay is decoupled from it. Computed once per step.
 */
export function penaltyOf({ weightDecay, decoupledWeightDecay = false }: Decay): number {
  return decoupledWeightDecay ? 0 : weightDecay;
}

/** g + λp; just g if λ is 0, since 0 · ∞ would be NaN. */
export function penalised(g: number, p: number, penalty: number): number {
  return penalty > 0 ? g + penalty * p : g;
}

/** The factor 1 − ηλ that shrinks p if weight decay is decoupled from the gradient; else 1. */
export function shrinkOf({ lr, weightDecay, decoupledWeightDecay = false }: Decay): number {
  return decoupledWeightDecay ? 1 - lr * weightDecay : 1;
}
