import type { Group } from "../../training/index.ts";
import type { Tensor } from "../tensor.ts";

/** What all optimizers share: the parameters they change in place, and the numbers that a schedule may change. */
export abstract class Optimizer<G extends Group = Group> {
  readonly parameters: readonly Tensor[];
  readonly groups: readonly G[];

  constructor(parameters: readonly Tensor[], group: G) {
    const name = this.constructor.name;
    if (parameters.length === 0)
      throw new RangeError(`${name}: no parameters given; pass model.parameters()`);
    this.parameters = parameters;
    this.groups = [group];
  }

  /** Changes every parameter that has a gradient; as in PyTorch, one without is left alone. */
  abstract step(): void;

  /** Forgets all gradients. */
  zeroGrad(): void {
    for (const p of this.parameters) p.grad = null;
  }
}
