import type { Batch, LrRange, LrRangeSettings } from "../../training/index.ts";
import { lrRange, partsOf, restoringModel } from "../../training/internal.ts";
import type { Loss } from "../loss.ts";
import { forwardBackward, lostLeaves } from "../lost-leaves.ts";
import { isModule, type Module } from "../module.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { Tensor } from "../tensor.ts";

export interface LrRangeOptions extends LrRangeSettings {
  readonly loss: Loss;
  /**
   * Creates an optimizer; its learning rate is then changed:
   * `(parameters) => new SGD(parameters, { lr: 1 })`.
   */
  readonly optimizer: (parameters: Tensor[]) => Pick<Optimizer, "step" | "zeroGrad" | "groups">;
}

/**
 * Trains with a learning rate that grows exponentially from batch to batch, and suggests the rate
 * at which the loss fell fastest. Restores the model and the loader afterwards.
 * @throws RangeError for an option outside its range
 * @see Smith, "Cyclical Learning Rates for Training Neural Networks", WACV 2017, section 3.3
 */
export function lrRangeTest(
  model: Module,
  loader: AsyncIterable<Batch>,
  options: LrRangeOptions,
): Promise<LrRange> {
  const { loss, optimizer: make } = options;
  return restoringModel(model, partsOf(model, isModule), () => {
    const optimizer = make(model.parameters());
    model.train();
    const expectNoneLost = lostLeaves("lrRangeTest", model, optimizer);
    const step = (batch: Batch): number => {
      optimizer.zeroGrad();
      const { loss: value } = forwardBackward(model, batch, loss, expectNoneLost);
      optimizer.step();
      return value;
    };
    return lrRange(loader, optimizer.groups, loss, step, options);
  });
}
