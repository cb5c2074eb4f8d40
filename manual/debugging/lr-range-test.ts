import type { Batch, LrRange, LrRangeSettings } from "../../training/index.ts";
import { lrRange, partsOf, restoringModel } from "../../training/internal.ts";
import { isLayer, type Layer, type Parameter } from "../layer.ts";
import type { Loss } from "../loss.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { computeGradients } from "../train.ts";

export interface LrRangeOptions extends LrRangeSettings {
  readonly loss: Loss;
  /**
   * Creates an optimizer; its learning rate is then changed:
   * `(parameters) => new SGD(parameters, { lr: 1 })`.
   */
  readonly optimizer: (parameters: Parameter[]) => Pick<Optimizer, "step" | "zeroGrad" | "groups">;
}

/**
 * Trains with a learning rate that grows exponentially from batch to batch, and suggests the rate
 * at which the loss fell fastest. Restores the model and the loader afterwards.
 * @throws RangeError for an option outside its range
 * @see Smith, "Cyclical Learning Rates for Training Neural Networks", WACV 2017, section 3.3
 */
export function lrRangeTest(
  model: Layer,
  loader: AsyncIterable<Batch>,
  options: LrRangeOptions,
): Promise<LrRange> {
  const { loss, optimizer: make } = options;
  return restoringModel(model, partsOf(model, isLayer), () => {
    const optimizer = make(model.parameters());
    model.train();
    const step = (batch: Batch): number => {
      optimizer.zeroGrad();
      const { loss: value } = computeGradients(model, batch, loss);
      optimizer.step();
      return value;
    };
    return lrRange(loader, optimizer.groups, loss, step, options);
  });
}
