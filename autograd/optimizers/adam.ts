import { type NDArray, updateAdam, zeros } from "../../np/index.ts";
import { type AdamGroup, type AdamOptions, adamGroup } from "../../training/index.ts";
import type { Tensor } from "../tensor.ts";
import { Optimizer } from "./optimizer.ts";

/** The two moving averages of a parameter's gradient, and how often they were moved. */
interface Moments {
  readonly m: NDArray;
  readonly v: NDArray;
  t: number;
}

/**
 * Adam: g ← g + λp; m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; p ← p − η · m̂ / (√v̂ + ε), with m̂ = m / (1 − β₁ᵗ) and
 * v̂ = v / (1 − β₂ᵗ) at step t. One pass over memory; the formula in full stands in chalk.
 * Shapes: g, m, v and p are equal.
 * Defaults: η = lr 1e-3, β = betas [0.9, 0.999], ε = eps 1e-8, λ = weightDecay 0.
 * @throws RangeError for a value outside its range
 * @see Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, algorithm 1; `torch.optim.Adam`
 */
export class Adam extends Optimizer<AdamGroup> {
  readonly #moments: Moments[] = [];

  constructor(parameters: readonly Tensor[], options: AdamOptions = {}) {
    super(parameters, adamGroup(options));
  }

  step(): void {
    const { lr, betas, eps, weightDecay } = this.groups[0] as AdamGroup;
    const [beta1, beta2] = betas;
    for (const [i, p] of this.parameters.entries()) {
      if (!p.grad) continue;
      const zero = (): NDArray => zeros(p.shape, { dtype: p.dtype });
      const moments = this.#moments[i] ?? { m: zero(), v: zero(), t: 0 };
      this.#moments[i] = moments;
      moments.t += 1;
      updateAdam(p.data, p.grad.data, moments.m, moments.v, {
        lr,
        beta1,
        beta2,
        eps,
        weightDecay,
        t: moments.t,
      });
    }
  }
}
