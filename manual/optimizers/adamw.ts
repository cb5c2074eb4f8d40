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
 * Adam with decoupled weight decay: p ← (1 − ηλ)p, while g stays as it is; then as in Adam:
 * m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; p ← p − η · m̂ / (√v̂ + ε),
 * with m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ).
 * Shapes: g, m, v and p are equal.
 * Defaults: η = lr 1e-3, β = betas [0.9, 0.999], ε = eps 1e-8, λ = weightDecay 1e-2, amsgrad false.
 * @throws RangeError for a value outside its range
 * @throws TypeError for a parameter without a gradient (chalk only)
 * @see Loshchilov and Hutter, "Decoupled Weight Decay Regularization", ICLR 2019, algorithm 2; `torch.optim.AdamW`
 */
export class AdamW extends Optimizer<AdamGroup, AdamState> {
  constructor(parameters: Trainable<Parameter, AdamGroup>, options: AdamOptions = {}) {
    super(parameters, contracts.AdamW, options);
  }

  step(): void {
    for (const { p, g, group, s } of this.each()) {
      const { lr, betas, eps, weightDecay, amsgrad } = group;
      const [beta1, beta2] = betas;
      s.t += 1;
      p.copyFrom(p.mul(1 - lr * weightDecay));
      s.m = s.m.mul(beta1).add(g.mul(1 - beta1));
      s.v = s.v.mul(beta2).add(g.mul(1 - beta2).mul(g));
      if (amsgrad) s.vMax = maximum(s.vMax ?? s.v, s.v);
      const v = (amsgrad && s.vMax) || s.v;
      const root = sqrt(v).div(Math.sqrt(1 - beta2 ** s.t)); // √v̂
      p.addInPlace(s.m.div(root.add(eps)), -lr / (1 - beta1 ** s.t));
    }
  }
}
