import {
  contracts,
  type RpropGroup,
  type RpropOptions,
  type RpropState,
  type Trainable,
} from "../../contracts/index.ts";
import { update } from "../../np/internal.ts";
import type { Tensor } from "../tensor.ts";
import { Optimizer } from "./optimizer.ts";

/**
 * Rprop: uses only the sign of g, and gives each weight its own step size d. Where g kept its sign,
 * d ← η⁺d; where it changed, d ← η⁻d and g ← 0; then p ← p − sign(g) d. Use it with the whole data
 * set as one batch: noise in g looks like a change of sign. One pass over memory.
 * Shapes: g, d and p are equal.
 * Defaults: lr 1e-2 (the first d), η⁻ and η⁺ = etas [0.5, 1.2], stepSizes [1e-6, 50] (the bounds of d).
 * @throws RangeError for a value outside its range
 * @throws TypeError when no parameter has a gradient (tape only)
 * @see Riedmiller and Braun, "A Direct Adaptive Method for Faster Backpropagation Learning", ICNN 1993; `torch.optim.Rprop`
 */
export class Rprop extends Optimizer<RpropGroup, RpropState> {
  constructor(parameters: Trainable<Tensor, RpropGroup>, options: RpropOptions = {}) {
    super(parameters, contracts.Rprop, options);
  }

  step(): void {
    for (const { p, g, group, s } of this.each()) update("rprop", p, g, s, group);
  }
}
