import { type NDArray, sqrt, zeros } from "../../np/index.ts";
import { type AdamGroup, type AdamOptions, adamGroup } from "../../training/index.ts";
import type { Parameter } from "../layer.ts";
import { Optimizer } from "./optimizer.ts";

/**
 * Adam: g ← g + λp; m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; p ← p − η · m̂ / (√v̂ + ε), with m̂ = m / (1 − β₁ᵗ) and
 * v̂ = v / (1 − β₂ᵗ) at step t.
 * Shapes: g, m, v and p are equal.
 * Defaults: η = lr 1e-3, β = betas [0.9, 0.999], ε = eps 1e-8, λ = weightDecay 0.
 * @throws RangeError for a value outside its range, TypeError for a parameter without gradient
 * @see Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, algorithm 1; `torch.optim.Adam`
 */
export class Adam extends Optimizer<AdamGroup> {
  readonly #m: NDArray[] = [];
  readonly #v: NDArray[] = [];
  #t = 0;

  constructor(parameters: readonly Parameter[], options: AdamOptions = {}) {
    super(parameters, adamGroup(options));
  }

  step(): void {
    const { lr, betas, eps, weightDecay } = this.groups[0] as AdamGroup;
    const [beta1, beta2] = betas;
    this.#t += 1;
    for (const [i, p] of this.parameters.entries()) {
      let g = this.gradientOf(p);
      if (weightDecay > 0) g = g.add(p.value.mul(weightDecay));
      const start = zeros(g.shape, { dtype: g.dtype });
      const m = (this.#m[i] ?? start).mul(beta1).add(g.mul(1 - beta1));
      const v = (this.#v[i] ?? start).mul(beta2).add(g.mul(g).mul(1 - beta2));
      this.#m[i] = m;
      this.#v[i] = v;
      const root = sqrt(v).div(Math.sqrt(1 - beta2 ** this.#t)); // √v̂
      p.value.addInPlace(m.div(root.add(eps)), -lr / (1 - beta1 ** this.#t));
    }
  }
}
