import {
  type AdagradGroup,
  type AdagradOptions,
  type AdagradState,
  contracts,
  type Trainable,
} from "../../contracts/index.ts";
import { sqrt } from "../../np/index.ts";
import type { Parameter } from "../layer.ts";
import { Optimizer } from "./optimizer.ts";

/**
 * Adagrad: smaller steps where gradients were large. At step t:
 * g ← g + λp; s ← s + g²; p ← p − η / (1 + (t − 1) · lrDecay) · g / (√s + ε).
 * Shapes: g, s and p are equal.
 * Defaults: η = lr 1e-2, lrDecay 0, λ = weightDecay 0, initialAccumulatorValue 0 (the first s), ε = eps 1e-10.
 * @throws RangeError for a value outside its range
 * @throws TypeError for a parameter without a gradient (chalk only)
 * @see Duchi, Hazan and Singer, "Adaptive Subgradient Methods", JMLR 12 (2011); `torch.optim.Adagrad`
 */
export class Adagrad extends Optimizer<AdagradGroup, AdagradState> {
  constructor(parameters: Trainable<Parameter, AdagradGroup>, options: AdagradOptions = {}) {
    super(parameters, contracts.Adagrad, options);
  }

  step(): void {
    for (let { p, g, group, s } of this.each()) {
      const { lr, lrDecay, weightDecay, eps } = group;
      s.t += 1;
      if (weightDecay > 0) g = g.add(p.mul(weightDecay));
      s.sum = s.sum.add(g.mul(g));
      p.addInPlace(g.div(sqrt(s.sum).add(eps)), -lr / (1 + (s.t - 1) * lrDecay));
    }
  }
}
