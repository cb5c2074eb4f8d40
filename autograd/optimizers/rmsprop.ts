import {
  contracts,
  type RMSpropGroup,
  type RMSpropOptions,
  type RMSpropState,
  type Trainable,
} from "../../contracts/index.ts";
import { zerosLike } from "../../np/index.ts";
import { update } from "../../np/internal.ts";
import type { Tensor } from "../tensor.ts";
import { Optimizer } from "./optimizer.ts";

/**
 * RMSprop: g ← g + λp; v ← αv + (1 − α)g²; p ← p − η g / (√v + ε).
 * Centered: m ← αm + (1 − α)g, and √(v − m²) replaces √v; if v and m² overflow, the step is NaN.
 * With momentum: b ← μb + g / (√v + ε); p ← p − η b. One pass over memory.
 * Shapes: g, v, m, b and p are equal.
 * Defaults: η = lr 1e-2, α = alpha 0.99, ε = eps 1e-8, λ = weightDecay 0, μ = momentum 0, centered false.
 * @throws RangeError for a value outside its range
 * @throws TypeError when no parameter has a gradient (tape only)
 * @see Hinton, "Neural Networks for Machine Learning", 2012, lecture 6e; Graves 2013, eq. 38 (centered); `torch.optim.RMSprop`
 */
export class RMSprop extends Optimizer<RMSpropGroup, RMSpropState> {
  constructor(parameters: Trainable<Tensor, RMSpropGroup>, options: RMSpropOptions = {}) {
    super(parameters, contracts.RMSprop, options);
  }

  step(): void {
    for (const { p, g, group, s } of this.each()) {
      if (group.centered) s.m ??= zerosLike(p);
      if (group.momentum > 0) s.velocity ??= zerosLike(p);
      const m = group.centered ? s.m : null;
      update("rmsprop", p, g, { v: s.v, m, velocity: group.momentum > 0 ? s.velocity : null }, group);
    }
  }
}
