import type { Batch, Overfit, OverfitSettings } from "../../training/index.ts";
import { overfit, partsOf, restoringModel } from "../../training/internal.ts";
import type { Loss } from "../loss.ts";
import { isModule, type Module } from "../module.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { Tensor } from "../tensor.ts";
import { computeGradients } from "../train.ts";

export interface OverfitOptions extends OverfitSettings {
  readonly loss: Loss;
  /** Makes an optimizer: `(parameters) => new Adam(parameters, { lr: 1e-2 })`. */
  readonly optimizer: (parameters: Tensor[]) => Pick<Optimizer, "step" | "zeroGrad">;
}

/**
 * Trains on one batch until its loss is near 0, without dropout, or says what may be wrong: a network that cannot learn ten items by
 * heart will not learn ten thousand. Afterwards the model is as it was.
 * @throws RangeError for an option outside its range
 * @see Karpathy, "A Recipe for Training Neural Networks", 2019, "overfit one batch"
 */
export function overfitOneBatch(model: Module, batch: Batch, options: OverfitOptions): Promise<Overfit> {
  const { loss, optimizer: make } = options;
  const parts = partsOf(model, isModule);
  return restoringModel(model, parts, () => {
    const optimizer = make(model.parameters());
    const learned = model.namedParameters().map(([name]) => name);
    const step = (): ReturnType<typeof computeGradients> => {
      optimizer.zeroGrad();
      const done = computeGradients(model, batch, loss);
      optimizer.step();
      return done;
    };
    return overfit({ model, parts, batch, loss, learned, step }, options);
  });
}
