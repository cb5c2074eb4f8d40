import {
  type AdamaxGroup,
  type AdamaxOptions,
  type AdamaxState,
  contracts,
  type Trainable,
} from "../../contracts/index.ts";
import { abs, maximum } from "../../np/index.ts";
import type { Parameter } from "../layer.ts";
import { Optimizer } from "./optimizer.ts";

/**
 * Adamax: Adam with the largest |g| in place of √v. At step t:
 * g ← g + λp; m ← β₁m + (1 − β₁)g; u ← max(β₂u, |g| + ε); p ← p − η / (1 − β₁ᵗ) · m / u.
 * Shapes: g, m, u and p are equal.
 * Defaults: η = lr 2e-3, β = betas [0.9, 0.999], ε = eps 1e-8, λ = weightDecay 0.
 * @throws RangeError for a value outside its range
 * @throws TypeError for a parameter without a gradient (chalk only)
 * @see Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, algorithm 2; `torch.optim.Adamax`
 */
export class Adamax extends Optimizer<AdamaxGroup, AdamaxState> {
  constructor(parameters: Trainable<Parameter, AdamaxGroup>, options: AdamaxOptions = {}) {
    super(parameters, contracts.Adamax, options);
  }

  step(): void {
    for (let { p, g, group, s } of this.each()) {
      const { lr, betas, eps, weightDecay } = group;
      const [beta1, beta2] = betas;
      s.t += 1;
      if (weightDecay > 0) g = g.add(p.mul(weightDecay));
      s.m = s.m.mul(beta1).add(g.mul(1 - beta1));
      s.u = maximum(s.u.mul(beta2), abs(g).add(eps));
      p.addInPlace(s.m.div(s.u), -lr / (1 - beta1 ** s.t));
    }
  }
}
