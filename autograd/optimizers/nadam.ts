import {
  contracts,
  type NAdamGroup,
  type NAdamOptions,
  type NAdamState,
  type Trainable,
} from "../../contracts/index.ts";
import { update } from "../../np/internal.ts";
import type { Tensor } from "../tensor.ts";
import { Optimizer } from "./optimizer.ts";

/**
 * Adam that looks ahead: g ← g + λp; μₜ = β₁(1 − ½ · 0.96^(tψ)); m, v and v̂ = v / (1 − β₂ᵗ) as in Adam;
 * p ← p − η (1 − μₜ) / (1 − μ₁…μₜ) · g / (√v̂ + ε) − η μₜ₊₁ / (1 − μ₁…μₜ₊₁) · m / (√v̂ + ε).
 * One pass over memory.
 * Shapes: g, m, v and p are equal.
 * Defaults: η = lr 2e-3, β = betas [0.9, 0.999], ε = eps 1e-8, λ = weightDecay 0, ψ = momentumDecay 4e-3, decoupledWeightDecay false.
 * @throws RangeError for a value outside its range
 * @throws TypeError when no parameter has a gradient (tape only)
 * @see Dozat, "Incorporating Nesterov Momentum into Adam", ICLR 2016 workshop; `torch.optim.NAdam`
 */
export class NAdam extends Optimizer<NAdamGroup, NAdamState> {
  constructor(parameters: Trainable<Tensor, NAdamGroup>, options: NAdamOptions = {}) {
    super(parameters, contracts.NAdam, options);
  }

  step(): void {
    for (const { p, g, group, s } of this.each()) {
      const mu = (t: number): number => group.betas[0] * (1 - 0.5 * 0.96 ** (t * group.momentumDecay));
      s.t += 1;
      s.product *= mu(s.t);
      const { m, v, t, product } = s;
      update("nadam", p, g, { m, v }, { ...group, t, mu: mu(t), muNext: mu(t + 1), product });
    }
  }
}
