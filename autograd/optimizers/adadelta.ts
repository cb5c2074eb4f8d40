import {
  type AdadeltaGroup,
  type AdadeltaOptions,
  type AdadeltaState,
  contracts,
  type Trainable,
} from "../../contracts/index.ts";
import { update } from "../../np/internal.ts";
import type { Tensor } from "../tensor.ts";
import { Optimizer } from "./optimizer.ts";

/**
 * Adadelta: steps in the units of p.
 * g ← g + λp; v ← ρv + (1 − ρ)g²; δ = √(u + ε) / √(v + ε) · g; u ← ρu + (1 − ρ)δ²; p ← p − η δ.
 * One pass over memory.
 * Shapes: g, v, u, δ and p are equal.
 * Defaults: η = lr 1, ρ = rho 0.9, ε = eps 1e-6, λ = weightDecay 0.
 * @throws RangeError for a value outside its range
 * @throws TypeError when no parameter has a gradient (tape only)
 * @see Zeiler, "ADADELTA: An Adaptive Learning Rate Method", 2012, algorithm 1; `torch.optim.Adadelta`
 */
export class Adadelta extends Optimizer<AdadeltaGroup, AdadeltaState> {
  constructor(parameters: Trainable<Tensor, AdadeltaGroup>, options: AdadeltaOptions = {}) {
    super(parameters, contracts.Adadelta, options);
  }

  step(): void {
    for (const { p, g, group, s } of this.each()) update("adadelta", p, g, s, group);
  }
}
