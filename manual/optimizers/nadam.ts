import {
  contracts,
  type NAdamGroup,
  type NAdamOptions,
  type NAdamState,
  type Trainable,
} from "../../contracts/index.ts";
import { sqrt } from "../../np/index.ts";
import type { Parameter } from "../layer.ts";
import { Optimizer } from "./optimizer.ts";

/**
 * Adam that looks ahead: g ← g + λp; μₜ = β₁(1 − ½ · 0.96^(tψ)); m, v and v̂ = v / (1 − β₂ᵗ) as in Adam;
 * p ← p − η (1 − μₜ) / (1 − μ₁…μₜ) · g / (√v̂ + ε) − η μₜ₊₁ / (1 − μ₁…μₜ₊₁) · m / (√v̂ + ε).
 * Shapes: g, m, v and p are equal.
 * Defaults: η = lr 2e-3, β = betas [0.9, 0.999], ε = eps 1e-8, λ = weightDecay 0, ψ = momentumDecay 4e-3, decoupledWeightDecay
 * false.
 * @throws RangeError for a value outside its range
 * @throws TypeError for a parameter without a gradient (chalk only)
 * @see Dozat, "Incorporating Nesterov Momentum into Adam", ICLR 2016 workshop; `torch.optim.NAdam`
 */
export class NAdam extends Optimizer<NAdamGroup, NAdamState> {
  constructor(parameters: Trainable<Parameter, NAdamGroup>, options: NAdamOptions = {}) {
    super(parameters, contracts.NAdam, options);
  }

  step(): void {
    for (let { p, g, group, s } of this.each()) {
      const { lr, betas, eps, weightDecay, momentumDecay, decoupledWeightDecay } = group;
      const [beta1, beta2] = betas;
      const mu = (t: number): number => beta1 * (1 - 0.5 * 0.96 ** (t * momentumDecay));
      s.t += 1;
      s.product *= mu(s.t);
      if (decoupledWeightDecay) p.copyFrom(p.mul(1 - lr * weightDecay));
      else if (weightDecay > 0) g = g.add(p.mul(weightDecay));
      s.m = s.m.mul(beta1).add(g.mul(1 - beta1));
      s.v = s.v.mul(beta2).add(g.mul(1 - beta2).mul(g));
      const root = sqrt(s.v.div(1 - beta2 ** s.t)).add(eps); // √v̂ + ε
      p.addInPlace(g.div(root), (-lr * (1 - mu(s.t))) / (1 - s.product));
      p.addInPlace(s.m.div(root), (-lr * mu(s.t + 1)) / (1 - s.product * mu(s.t + 1)));
    }
  }
}
