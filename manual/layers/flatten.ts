import { contracts, type FlattenOptions } from "../../contracts/index.ts";
import { flattened, settle } from "../../contracts/internal.ts";
import type { NDArray } from "../../np/index.ts";
import { Layer } from "../layer.ts";

/**
 * Merges axes startDim … endDim into one; by default every sample becomes one row: 28 × 28 → 784.
 * Shapes: x (N, …) → y (N, product of the rest).
 * Backward: dx = dy in x's shape.
 * Defaults: startDim 1, endDim −1; negative axes count from the end.
 * @throws RangeError for an axis that x does not have, or an end before the start
 * @see PyTorch's `torch.nn.Flatten`
 */
export class Flatten extends Layer {
  readonly startDim: number;
  readonly endDim: number;
  #shape: readonly number[] | null = null;

  constructor(options: FlattenOptions = {}) {
    super();
    const { startDim, endDim } = settle(contracts.Flatten, {}, options);
    this.startDim = startDim;
    this.endDim = endDim;
  }

  forward(x: NDArray): NDArray {
    this.#shape = x.shape; // chalk: backward needs it
    return x.reshape(flattened("Flatten.forward", x.shape, this.startDim, this.endDim));
  }

  backward(dy: NDArray): NDArray {
    return dy.reshape(this.remembered(this.#shape)); // shape of x
  }
}
