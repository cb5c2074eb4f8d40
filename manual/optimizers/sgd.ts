import type { NDArray } from "../../np/index.ts";
import { type SGDGroup, type SGDOptions, sgdGroup } from "../../training/index.ts";
import type { Parameter } from "../layer.ts";
import { Optimizer } from "./optimizer.ts";

/**
 * Stochastic gradient descent: g ← g + λp; v ← μv + (1 − τ)g (the first v is g); p ← p − η v, or with Nesterov
 * p ← p − η (g + μv).
 * Shapes: g, v and p are equal.
 * Defaults: η = lr 1e-3, μ = momentum 0, τ = dampening 0, λ = weightDecay 0.
 * @throws RangeError for a value outside its range, TypeError for a parameter without gradient
 * @see Sutskever et al., "On the importance of initialization and momentum", ICML 2013; `torch.optim.SGD`
 */
export class SGD extends Optimizer<SGDGroup> {
  readonly #velocities: NDArray[] = [];

  constructor(parameters: readonly Parameter[], options: SGDOptions = {}) {
    super(parameters, sgdGroup(options));
  }

  step(): void {
    const { lr, momentum, dampening, weightDecay, nesterov } = this.groups[0] as SGDGroup;
    for (const [i, p] of this.parameters.entries()) {
      let g = this.gradientOf(p);
      if (weightDecay > 0) g = g.add(p.value.mul(weightDecay));
      if (momentum > 0) {
        const before = this.#velocities[i];
        const v = before ? before.mul(momentum).add(g.mul(1 - dampening)) : g;
        this.#velocities[i] = v;
        g = nesterov ? g.add(v.mul(momentum)) : v;
      }
      p.value.addInPlace(g, -lr);
    }
  }
}
