import {
  contracts,
  type SGDGroup,
  type SGDOptions,
  type SGDState,
  type Trainable,
} from "../../contracts/index.ts";
import { zerosLike } from "../../np/index.ts";
import { update } from "../../np/internal.ts";
import type { Tensor } from "../tensor.ts";
import { Optimizer } from "./optimizer.ts";

/**
 * Stochastic gradient descent: g ← g + λp; v ← μv + (1 − τ)g (the first v is g); p ← p − η v,
 * or with Nesterov p ← p − η (g + μv). One pass over memory; chalk has the formula in full.
 * Shapes: g, v and p are equal.
 * Defaults: η = lr 1e-3, μ = momentum 0, τ = dampening 0, λ = weightDecay 0.
 * @throws RangeError for a value outside its range
 * @throws TypeError when no parameter has a gradient (tape only)
 * @see Sutskever et al., "On the importance of initialization and momentum", ICML 2013; `torch.optim.SGD`
 */
export class SGD extends Optimizer<SGDGroup, SGDState> {
  constructor(parameters: Trainable<Tensor, SGDGroup>, options: SGDOptions = {}) {
    super(parameters, contracts.SGD, options);
  }

  step(): void {
    for (const { p, g, group, s } of this.each()) {
      if (group.momentum === 0) update("sgd", p, g, { velocity: null }, group);
      else {
        const first = s.velocity === null;
        s.velocity ??= zerosLike(p);
        update("sgd", p, g, { velocity: s.velocity }, { ...group, first });
      }
    }
  }
}
