import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * y = x: what stands where a network wants a layer and nothing is to be done.
 * Shapes: x (any) → y (the same).
 */
export class Identity extends Module {
  forward(x: Tensor): Tensor {
    return x;
  }
}
