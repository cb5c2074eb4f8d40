import {
  contracts,
  type SGDGroup,
  type SGDOptions,
  type SGDState,
  type Trainable,
} from "../../contracts/index.ts";
import type { Parameter } from "../layer.ts";
import { Optimizer } from "./optimizer.ts";

/**
 * Stochastic gradient descent: g ← g + λp; v ← μv + (1 − τ)g (the first v is g); p ← p − η v, or with Nesterov
 * p ← p − η (g + μv).
 * Shapes: g, v and p are equal.
 * Defaults: η = lr 1e-3, μ = momentum 0, τ = dampening 0, λ = weightDecay 0.
 * @throws RangeError for a value outside its range
 * @throws TypeError for a parameter without a gradient (chalk only)
 * @see Sutskever et al., "On the importance of initialization and momentum", ICML 2013; `torch.optim.SGD`
 */
export class SGD extends Optimizer<SGDGroup, SGDState> {
  constructor(parameters: Trainable<Parameter, SGDGroup>, options: SGDOptions = {}) {
    super(parameters, contracts.SGD, options);
  }

  step(): void {
    for (let { p, g, group, s } of this.each()) {
      const { lr, momentum, dampening, weightDecay, nesterov } = group;
      if (weightDecay > 0) g = g.add(p.mul(weightDecay));
      if (momentum > 0) {
        const v = s.velocity ? s.velocity.mul(momentum).add(g.mul(1 - dampening)) : g.copy();
        s.velocity = v;
        g = nesterov ? g.add(v.mul(momentum)) : v;
      }
      p.addInPlace(g, -lr);
    }
  }
}
