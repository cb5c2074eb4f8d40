import type { NDArray } from "../../np/index.ts";
import type { Group } from "../../training/index.ts";
import type { Parameter } from "../layer.ts";

/** What all optimizers share: the parameters they change in place, and the numbers that a schedule may change. */
export abstract class Optimizer<G extends Group = Group> {
  readonly parameters: readonly Parameter[];
  readonly groups: readonly G[];

  constructor(parameters: readonly Parameter[], group: G) {
    const name = this.constructor.name;
    if (parameters.length === 0)
      throw new RangeError(`${name}: no parameters given; pass model.parameters()`);
    this.parameters = parameters;
    this.groups = [group];
  }

  /** Changes every parameter by its gradient. @throws TypeError when one has none */
  abstract step(): void;

  /** Forgets all gradients. */
  zeroGrad(): void {
    for (const p of this.parameters) p.gradient = null;
  }

  protected gradientOf(p: Parameter): NDArray {
    if (p.gradient) return p.gradient;
    throw new TypeError(
      `${this.constructor.name}.step: ${p.name} has no gradient; call model.backward(loss.backward()) between zeroGrad() and step()`,
    );
  }
}
