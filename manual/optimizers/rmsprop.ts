import {
  contracts,
  type RMSpropGroup,
  type RMSpropOptions,
  type RMSpropState,
  type Trainable,
} from "../../contracts/index.ts";
import { sqrt, zerosLike } from "../../np/index.ts";
import type { Parameter } from "../layer.ts";
import { Optimizer } from "./optimizer.ts";

/**
 * RMSprop: g ← g + λp; v ← αv + (1 − α)g²; p ← p − η g / (√v + ε).
 * Centered: m ← αm + (1 − α)g, and √(v − m²) replaces √v; if v and m² overflow, the step is NaN.
 * With momentum: b ← μb + g / (√v + ε); p ← p − η b.
 * Shapes: g, v, m, b and p are equal.
 * Defaults: η = lr 1e-2, α = alpha 0.99, ε = eps 1e-8, λ = weightDecay 0, μ = momentum 0, centered false.
 * @throws RangeError for a value outside its range
 * @throws TypeError for a parameter without a gradient (chalk only)
 * @see Hinton, "Neural Networks for Machine Learning", 2012, lecture 6e; Graves 2013, eq. 38 (centered); `torch.optim.RMSprop`
 */
export class RMSprop extends Optimizer<RMSpropGroup, RMSpropState> {
  constructor(parameters: Trainable<Parameter, RMSpropGroup>, options: RMSpropOptions = {}) {
    super(parameters, contracts.RMSprop, options);
  }

  step(): void {
    for (let { p, g, group, s } of this.each()) {
      const { lr, alpha, eps, weightDecay, momentum, centered } = group;
      if (weightDecay > 0) g = g.add(p.mul(weightDecay));
      s.v = s.v.mul(alpha).add(g.mul(1 - alpha).mul(g));
      let variance = s.v;
      if (centered) {
        s.m = (s.m ?? zerosLike(p)).mul(alpha).add(g.mul(1 - alpha));
        variance = s.v.sub(s.m.mul(s.m));
      }
      let direction = g.div(sqrt(variance).add(eps));
      if (momentum > 0) {
        s.velocity = (s.velocity ?? zerosLike(p)).mul(momentum).add(direction);
        direction = s.velocity;
      }
      p.addInPlace(direction, -lr);
    }
  }
}
