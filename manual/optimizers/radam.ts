import {
  contracts,
  type RAdamGroup,
  type RAdamOptions,
  type RAdamState,
  type Trainable,
} from "../../contracts/index.ts";
import { sqrt } from "../../np/index.ts";
import type { Parameter } from "../layer.ts";
import { Optimizer } from "./optimizer.ts";

/**
 * Adam that divides by √v only once v can be trusted: g ← g + λp; m and v as in Adam;
 * ρ∞ = 2 / (1 − β₂) − 1, ρ = ρ∞ − 2tβ₂ᵗ / (1 − β₂ᵗ). For ρ > 5, p ← p − η r m̂ √(1 − β₂ᵗ) / (√v + ε),
 * r² = (ρ − 4)(ρ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρ); else p ← p − η m̂.
 * Shapes: g, m, v and p are equal.
 * Defaults: η = lr 1e-3, β = betas [0.9, 0.999], ε = eps 1e-8, λ = weightDecay 0, decoupledWeightDecay false.
 * @throws RangeError for a value outside its range
 * @throws TypeError for a parameter without a gradient (chalk only)
 * @see Liu et al., "On the Variance of the Adaptive Learning Rate and Beyond", ICLR 2020, algorithm 2; `torch.optim.RAdam`
 */
export class RAdam extends Optimizer<RAdamGroup, RAdamState> {
  constructor(parameters: Trainable<Parameter, RAdamGroup>, options: RAdamOptions = {}) {
    super(parameters, contracts.RAdam, options);
  }

  step(): void {
    for (let { p, g, group, s } of this.each()) {
      const { lr, betas, eps, weightDecay, decoupledWeightDecay } = group;
      const [beta1, beta2] = betas;
      s.t += 1;
      if (decoupledWeightDecay) p.copyFrom(p.mul(1 - lr * weightDecay));
      else if (weightDecay > 0) g = g.add(p.mul(weightDecay));
      s.m = s.m.mul(beta1).add(g.mul(1 - beta1));
      s.v = s.v.mul(beta2).add(g.mul(1 - beta2).mul(g));
      const size = lr / (1 - beta1 ** s.t);
      const rhoInf = 2 / (1 - beta2) - 1;
      const rho = rhoInf - (2 * s.t * beta2 ** s.t) / (1 - beta2 ** s.t); // the number of gradients that v averages
      if (rho > 5) {
        const r = Math.sqrt(((rho - 4) * (rho - 2) * rhoInf) / ((rhoInf - 4) * (rhoInf - 2) * rho));
        p.addInPlace(s.m.div(sqrt(s.v).add(eps)), -size * r * Math.sqrt(1 - beta2 ** s.t));
      } else p.addInPlace(s.m, -size);
    }
  }
}
