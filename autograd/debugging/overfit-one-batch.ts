import type { Batch, Overfit, OverfitSettings } from "../../training/index.ts";
import { overfit, partsOf, restoringModel } from "../../training/internal.ts";
import type { Loss } from "../loss.ts";
import { forwardBackward, lostLeaves } from "../lost-leaves.ts";
import { isModule, type Module } from "../module.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { Tensor } from "../tensor.ts";

export interface OverfitOptions extends OverfitSettings {
  readonly loss: Loss;
  /** Creates an optimizer: `(parameters) => new Adam(parameters, { lr: 1e-2 })`. */
  readonly optimizer: (parameters: Tensor[]) => Pick<Optimizer, "step" | "zeroGrad">;
}

/**
 * Trains on one batch, without dropout, until its loss is near 0, or explains what may be wrong: a
 * network that cannot memorise ten items will not learn ten thousand. Restores the model
 * afterwards.
 * @throws RangeError for an option outside its range
 * @see Karpathy, "A Recipe for Training Neural Networks", 2019, "overfit one batch"
 */
export function overfitOneBatch(model: Module, batch: Batch, options: OverfitOptions): Promise<Overfit> {
  const { loss, optimizer: make } = options;
  const parts = partsOf(model, isModule);
  return restoringModel(model, parts, () => {
    const optimizer = make(model.parameters());
    const expectNoneLost = lostLeaves("overfitOneBatch", model, optimizer);
    const learned = model.namedParameters().map(([name]) => name);
    const step = (): ReturnType<typeof forwardBackward> => {
      optimizer.zeroGrad();
      const done = forwardBackward(model, batch, loss, expectNoneLost);
      optimizer.step();
      return done;
    };
    return overfit({ model, parts, batch, loss, learned, step }, options);
  });
}
