import {
  contracts,
  type RpropGroup,
  type RpropOptions,
  type RpropState,
  type Trainable,
} from "../../contracts/index.ts";
import { maximum, minimum, sign, where } from "../../np/index.ts";
import type { Parameter } from "../layer.ts";
import { Optimizer } from "./optimizer.ts";

/**
 * Rprop: uses only the sign of g, and gives each weight its own step size d.
 * Where g kept its sign, d ← η⁺d; where it changed, d ← η⁻d and g ← 0; then p ← p − sign(g) d.
 * Use it with the whole data set as one batch: noise in g looks like a change of sign.
 * Shapes: g, d and p are equal.
 * Defaults: lr 1e-2 (the first d), η⁻ and η⁺ = etas [0.5, 1.2], stepSizes [1e-6, 50] (the bounds of d).
 * @throws RangeError for a value outside its range
 * @throws TypeError for a parameter without a gradient (chalk only)
 * @see Riedmiller and Braun, "A Direct Adaptive Method for Faster Backpropagation Learning", ICNN 1993; `torch.optim.Rprop`
 */
export class Rprop extends Optimizer<RpropGroup, RpropState> {
  constructor(parameters: Trainable<Parameter, RpropGroup>, options: RpropOptions = {}) {
    super(parameters, contracts.Rprop, options);
  }

  step(): void {
    for (const { p, g, group, s } of this.each()) {
      const [less, more] = group.etas;
      const [least, most] = group.stepSizes;
      const agreement = g.mul(s.previous); // > 0 where the sign is kept, < 0 where it changed
      const grown = where(agreement.greater(0), s.size.mul(more), s.size);
      const size = where(agreement.less(0), s.size.mul(less), grown);
      s.size = minimum(maximum(size, least), most);
      s.previous = where(agreement.less(0), 0, g);
      p.addInPlace(sign(s.previous).mul(s.size), -1);
    }
  }
}
