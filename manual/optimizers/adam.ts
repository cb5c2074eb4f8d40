import {
  type AdamGroup,
  type AdamOptions,
  type AdamState,
  contracts,
  type Trainable,
} from "../../contracts/index.ts";
import { maximum, sqrt } from "../../np/index.ts";
import type { Parameter } from "../layer.ts";
import { Optimizer } from "./optimizer.ts";

/**
 * Adam: g ← g + λp; m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; p ← p − η · m̂ / (√v̂ + ε),
 * with m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ) at step t.
 * With amsgrad, v̂ uses the largest v of all steps so far.
 * Shapes: g, m, v and p are equal.
 * Defaults: η = lr 1e-3, β = betas [0.9, 0.999], ε = eps 1e-8, λ = weightDecay 0, amsgrad false.
 * @throws RangeError for a value outside its range
 * @throws TypeError for a parameter without a gradient (chalk only)
 * @see Kingma and Ba, "Adam", ICLR 2015, algorithm 1; Reddi et al., ICLR 2018, algorithm 2 (amsgrad); `torch.optim.Adam`
 */
export class Adam extends Optimizer<AdamGroup, AdamState> {
  constructor(parameters: Trainable<Parameter, AdamGroup>, options: AdamOptions = {}) {
    super(parameters, contracts.Adam, options);
  }

  step(): void {
    for (let { p, g, group, s } of this.each()) {
      const { lr, betas, eps, weightDecay, amsgrad } = group;
      const [beta1, beta2] = betas;
      s.t += 1;
      if (weightDecay > 0) g = g.add(p.mul(weightDecay));
      s.m = s.m.mul(beta1).add(g.mul(1 - beta1));
      s.v = s.v.mul(beta2).add(g.mul(1 - beta2).mul(g));
      if (amsgrad) s.vMax = maximum(s.vMax ?? s.v, s.v);
      const v = (amsgrad && s.vMax) || s.v;
      const root = sqrt(v).div(Math.sqrt(1 - beta2 ** s.t)); // √v̂
      p.addInPlace(s.m.div(root.add(eps)), -lr / (1 - beta1 ** s.t));
    }
  }
}
