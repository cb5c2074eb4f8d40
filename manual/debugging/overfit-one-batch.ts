import type { Batch, Overfit, OverfitSettings } from "../../training/index.ts";
import { overfit, partsOf, restoringModel } from "../../training/internal.ts";
import { isLayer, type Layer, type Parameter } from "../layer.ts";
import type { Loss } from "../loss.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { computeGradients } from "../train.ts";

export interface OverfitOptions extends OverfitSettings {
  readonly loss: Loss;
  /** Creates an optimizer: `(parameters) => new Adam(parameters, { lr: 1e-2 })`. */
  readonly optimizer: (parameters: Parameter[]) => Pick<Optimizer, "step" | "zeroGrad">;
}

/**
 * Trains on one batch, without dropout, until its loss is near 0, or explains what may be wrong: a
 * network that cannot memorise ten items will not learn ten thousand. Restores the model
 * afterwards.
 * @throws RangeError for an option outside its range
 * @see Karpathy, "A Recipe for Training Neural Networks", 2019, "overfit one batch"
 */
export function overfitOneBatch(model: Layer, batch: Batch, options: OverfitOptions): Promise<Overfit> {
  const { loss, optimizer: make } = options;
  const parts = partsOf(model, isLayer);
  return restoringModel(model, parts, () => {
    const optimizer = make(model.parameters());
    const learned = model.parameters().map(({ name }) => name);
    const step = (): ReturnType<typeof computeGradients> => {
      optimizer.zeroGrad();
      const done = computeGradients(model, batch, loss);
      optimizer.step();
      return done;
    };
    return overfit({ model, parts, batch, loss, learned, step }, options);
  });
}
