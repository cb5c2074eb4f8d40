import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * y = x: a placeholder where a network expects a layer.
 * Shapes: x (any) → y (the same).
 */
export class Identity extends Module {
  forward(x: Tensor): Tensor {
    return x;
  }
}
