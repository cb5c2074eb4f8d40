import {
  type AdadeltaGroup,
  type AdadeltaOptions,
  type AdadeltaState,
  contracts,
  type Trainable,
} from "../../contracts/index.ts";
import { sqrt } from "../../np/index.ts";
import type { Parameter } from "../layer.ts";
import { Optimizer } from "./optimizer.ts";

/**
 * Adadelta: steps in the units of p.
 * g ← g + λp; v ← ρv + (1 − ρ)g²; δ = √(u + ε) / √(v + ε) · g; u ← ρu + (1 − ρ)δ²; p ← p − η δ.
 * Shapes: g, v, u, δ and p are equal.
 * Defaults: η = lr 1, ρ = rho 0.9, ε = eps 1e-6, λ = weightDecay 0.
 * @throws RangeError for a value outside its range
 * @throws TypeError for a parameter without a gradient (chalk only)
 * @see Zeiler, "ADADELTA: An Adaptive Learning Rate Method", 2012, algorithm 1; `torch.optim.Adadelta`
 */
export class Adadelta extends Optimizer<AdadeltaGroup, AdadeltaState> {
  constructor(parameters: Trainable<Parameter, AdadeltaGroup>, options: AdadeltaOptions = {}) {
    super(parameters, contracts.Adadelta, options);
  }

  step(): void {
    for (let { p, g, group, s } of this.each()) {
      const { lr, rho, eps, weightDecay } = group;
      if (weightDecay > 0) g = g.add(p.mul(weightDecay));
      s.v = s.v.mul(rho).add(g.mul(1 - rho).mul(g));
      const delta = sqrt(s.u.add(eps))
        .div(sqrt(s.v.add(eps)))
        .mul(g); // u is from the previous steps
      s.u = s.u.mul(rho).add(delta.mul(1 - rho).mul(delta));
      p.addInPlace(delta, -lr);
    }
  }
}
