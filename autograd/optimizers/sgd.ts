import { type NDArray, updateSgd, zeros } from "../../np/index.ts";
import { type SGDGroup, type SGDOptions, sgdGroup } from "../../training/index.ts";
import type { Tensor } from "../tensor.ts";
import { Optimizer } from "./optimizer.ts";

/**
 * Stochastic gradient descent: g ← g + λp; v ← μv + (1 − τ)g (the first v is g); p ← p − η v, or with Nesterov
 * p ← p − η (g + μv). One pass over memory; the formula in full stands in chalk.
 * Shapes: g, v and p are equal.
 * Defaults: η = lr 1e-3, μ = momentum 0, τ = dampening 0, λ = weightDecay 0.
 * @throws RangeError for a value outside its range
 * @see Sutskever et al., "On the importance of initialization and momentum", ICML 2013; `torch.optim.SGD`
 */
export class SGD extends Optimizer<SGDGroup> {
  readonly #velocities: NDArray[] = [];

  constructor(parameters: readonly Tensor[], options: SGDOptions = {}) {
    super(parameters, sgdGroup(options));
  }

  step(): void {
    const group = this.groups[0] as SGDGroup;
    for (const [i, p] of this.parameters.entries()) {
      if (!p.grad) continue;
      const first = !this.#velocities[i];
      if (first && group.momentum > 0) this.#velocities[i] = zeros(p.shape, { dtype: p.dtype });
      updateSgd(p.data, p.grad.data, this.#velocities[i] ?? null, { ...group, first });
    }
  }
}
