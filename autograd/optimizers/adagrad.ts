import {
  type AdagradGroup,
  type AdagradOptions,
  type AdagradState,
  contracts,
  type Trainable,
} from "../../contracts/index.ts";
import { update } from "../../np/internal.ts";
import type { Tensor } from "../tensor.ts";
import { Optimizer } from "./optimizer.ts";

/**
 * Adagrad: smaller steps where gradients were large. At step t:
 * g ← g + λp; s ← s + g²; p ← p − η / (1 + (t − 1) · lrDecay) · g / (√s + ε).
 * One pass over memory.
 * Shapes: g, s and p are equal.
 * Defaults: η = lr 1e-2, lrDecay 0, λ = weightDecay 0, initialAccumulatorValue 0 (the first s), ε = eps 1e-10.
 * @throws RangeError for a value outside its range
 * @throws TypeError when no parameter has a gradient (tape only)
 * @see Duchi, Hazan and Singer, "Adaptive Subgradient Methods", JMLR 12 (2011); `torch.optim.Adagrad`
 */
export class Adagrad extends Optimizer<AdagradGroup, AdagradState> {
  constructor(parameters: Trainable<Tensor, AdagradGroup>, options: AdagradOptions = {}) {
    super(parameters, contracts.Adagrad, options);
  }

  step(): void {
    for (const { p, g, group, s } of this.each()) {
      s.t += 1;
      update("adagrad", p, g, { sum: s.sum }, { ...group, t: s.t });
    }
  }
}
