import {
  type AdamGroup,
  type AdamOptions,
  type AdamState,
  contracts,
  type Trainable,
} from "../../contracts/index.ts";
import { zerosLike } from "../../np/index.ts";
import { update } from "../../np/internal.ts";
import type { Tensor } from "../tensor.ts";
import { Optimizer } from "./optimizer.ts";

/**
 * Adam: g ← g + λp; m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; p ← p − η · m̂ / (√v̂ + ε),
 * with m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ) at step t.
 * With amsgrad, v̂ uses the largest v of all steps so far. One pass over memory.
 * Shapes: g, m, v and p are equal.
 * Defaults: η = lr 1e-3, β = betas [0.9, 0.999], ε = eps 1e-8, λ = weightDecay 0, amsgrad false.
 * @throws RangeError for a value outside its range
 * @throws TypeError when no parameter has a gradient (tape only)
 * @see Kingma and Ba, "Adam", ICLR 2015, algorithm 1; Reddi et al., ICLR 2018, algorithm 2 (amsgrad); `torch.optim.Adam`
 */
export class Adam extends Optimizer<AdamGroup, AdamState> {
  constructor(parameters: Trainable<Tensor, AdamGroup>, options: AdamOptions = {}) {
    super(parameters, contracts.Adam, options);
  }

  step(): void {
    for (const { p, g, group, s } of this.each()) {
      s.t += 1;
      if (group.amsgrad) s.vMax ??= zerosLike(p);
      const { m, v, vMax } = s;
      update("adam", p, g, { m, v, vMax }, { ...group, t: s.t, decoupledWeightDecay: false });
    }
  }
}
