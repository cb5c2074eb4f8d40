interface Decay {
  readonly lr: number;
  readonly weightDecay: number;
  readonly decoupledWeightDecay?: boolean;
}

/** g + λp; without λ it is g, since 0 · ∞ would be NaN, and so it is where λ has shrunk p itself. */
export function penalised(
  g: number,
  p: number,
  { weightDecay, decoupledWeightDecay = false }: Decay,
): number {
  return weightDecay > 0 && !decoupledWeightDecay ? g + weightDecay * p : g;
}

/** (1 − ηλ)p where weight decay is decoupled from the gradient, else p. */
export function decayed(p: number, { lr, weightDecay, decoupledWeightDecay = false }: Decay): number {
  return decoupledWeightDecay ? p * (1 - lr * weightDecay) : p;
}
