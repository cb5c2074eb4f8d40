import { contracts, type FlattenOptions } from "../../contracts/index.ts";
import { flattened, settle } from "../../contracts/internal.ts";
import type { NDArray } from "../../np/index.ts";
import { Layer } from "../layer.ts";

/**
 * Axes startDim … endDim as one, in order; by default every sample as one row: 28 × 28 → 784.
 * Shapes: x (N, …) → y (N, product of the rest).
 * Backward: dx = dy in x's shape.
 * Defaults: startDim 1, endDim −1; below 0 they count from the end.
 * @throws RangeError for an axis that x has not, or an end before the start
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
