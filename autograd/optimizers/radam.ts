import {
  contracts,
  type RAdamGroup,
  type RAdamOptions,
  type RAdamState,
  type Trainable,
} from "../../contracts/index.ts";
import { update } from "../../np/internal.ts";
import type { Tensor } from "../tensor.ts";
import { Optimizer } from "./optimizer.ts";

/**
 * Adam that divides by √v only once v can be trusted: g ← g + λp; m and v as in Adam;
 * ρ∞ = 2 / (1 − β₂) − 1, ρ = ρ∞ − 2tβ₂ᵗ / (1 − β₂ᵗ). For ρ > 5, p ← p − η r m̂ √(1 − β₂ᵗ) / (√v + ε),
 * r² = (ρ − 4)(ρ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρ); else p ← p − η m̂. One pass over memory.
 * Shapes: g, m, v and p are equal.
 * Defaults: η = lr 1e-3, β = betas [0.9, 0.999], ε = eps 1e-8, λ = weightDecay 0, decoupledWeightDecay false.
 * @throws RangeError for a value outside its range
 * @throws TypeError when no parameter has a gradient (tape only)
 * @see Liu et al., "On the Variance of the Adaptive Learning Rate and Beyond", ICLR 2020, algorithm 2; `torch.optim.RAdam`
 */
export class RAdam extends Optimizer<RAdamGroup, RAdamState> {
  constructor(parameters: Trainable<Tensor, RAdamGroup>, options: RAdamOptions = {}) {
    super(parameters, contracts.RAdam, options);
  }

  step(): void {
    for (const { p, g, group, s } of this.each()) {
      s.t += 1;
      update("radam", p, g, { m: s.m, v: s.v }, { ...group, t: s.t });
    }
  }
}
