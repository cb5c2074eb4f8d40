interface Decay {
  readonly lr: number;
  readonly weightDecay: number;
  readonly decoupledWeightDecay?: boolean;
}

/** λ of the penalty in the gradient: 0 where weight decay is decoupled from it. Read once a step, not once an element. */
export function penaltyOf({ weightDecay, decoupledWeightDecay = false }: Decay): number {
  return decoupledWeightDecay ? 0 : weightDecay;
}

/** g + λp; without λ it is g, since 0 · ∞ would be NaN. */
export function penalised(g: number, p: number, penalty: number): number {
  return penalty > 0 ? g + penalty * p : g;
}

/** 1 − ηλ, by which p shrinks where weight decay is decoupled from the gradient; else 1. */
export function shrinkOf({ lr, weightDecay, decoupledWeightDecay = false }: Decay): number {
  return decoupledWeightDecay ? 1 - lr * weightDecay : 1;
}
