import {
  type AdamaxGroup,
  type AdamaxOptions,
  type AdamaxState,
  contracts,
  type Trainable,
} from "../../contracts/index.ts";
import { update } from "../../np/internal.ts";
import type { Tensor } from "../tensor.ts";
import { Optimizer } from "./optimizer.ts";

/**
 * Adamax: Adam with the largest |g| in place of √v. At step t:
 * g ← g + λp; m ← β₁m + (1 − β₁)g; u ← max(β₂u, |g| + ε); p ← p − η / (1 − β₁ᵗ) · m / u.
 * One pass over memory.
 * Shapes: g, m, u and p are equal.
 * Defaults: η = lr 2e-3, β = betas [0.9, 0.999], ε = eps 1e-8, λ = weightDecay 0.
 * @throws RangeError for a value outside its range
 * @throws TypeError when no parameter has a gradient (tape only)
 * @see Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, algorithm 2; `torch.optim.Adamax`
 */
export class Adamax extends Optimizer<AdamaxGroup, AdamaxState> {
  constructor(parameters: Trainable<Tensor, AdamaxGroup>, options: AdamaxOptions = {}) {
    super(parameters, contracts.Adamax, options);
  }

  step(): void {
    for (const { p, g, group, s } of this.each()) {
      s.t += 1;
      update("adamax", p, g, { m: s.m, u: s.u }, { ...group, t: s.t });
    }
  }
}
