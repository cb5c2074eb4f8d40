import { contracts, type FlattenOptions } from "../../contracts/index.ts";
import { flattened, settle } from "../../contracts/internal.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * Merges axes startDim … endDim into one; by default every sample becomes one row: 28 × 28 → 784.
 * Shapes: x (N, …) → y (N, product of the rest).
 * Defaults: startDim 1, endDim −1; negative axes count from the end.
 * @throws RangeError for an axis that x does not have, or an end before the start
 * @see PyTorch's `torch.nn.Flatten`
 */
export class Flatten extends Module {
  readonly startDim: number;
  readonly endDim: number;

  constructor(options: FlattenOptions = {}) {
    super();
    const { startDim, endDim } = settle(contracts.Flatten, {}, options);
    this.startDim = startDim;
    this.endDim = endDim;
  }

  forward(x: Tensor): Tensor {
    return x.reshape(flattened("Flatten.forward", x.shape, this.startDim, this.endDim));
  }
}
