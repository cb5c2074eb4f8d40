import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * Every sample as one row: y[n] = all elements of x[n] in order; 28 × 28 → 784.
 * Shapes: x (N, …) → y (N, product of the rest).
 */
export class Flatten extends Module {
  forward(x: Tensor): Tensor {
    return x.reshape(
      x.shape[0] as number,
      x.shape.slice(1).reduce((size, n) => size * n, 1),
    );
  }
}
