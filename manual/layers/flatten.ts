import type { NDArray } from "../../np/index.ts";
import { Layer } from "../layer.ts";

/**
 * Every sample as one row: y[n] = all elements of x[n] in order; 28 × 28 → 784.
 * Shapes: x (N, …) → y (N, product of the rest).
 * Backward: dx = dy in x's shape.
 */
export class Flatten extends Layer {
  #shape: readonly number[] | null = null;

  forward(x: NDArray): NDArray {
    this.#shape = x.shape; // chalk: backward needs it
    return x.reshape(
      x.shape[0] as number,
      x.shape.slice(1).reduce((size, n) => size * n, 1),
    );
  }

  backward(dy: NDArray): NDArray {
    return dy.reshape(this.remembered(this.#shape)); // (N, D) → (N, …)
  }
}
