import { maximum } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * y = max(x, 0).
 * Shapes: x (any) → y (the same).
 * @see Nair and Hinton, "Rectified Linear Units Improve Restricted Boltzmann Machines", ICML 2010
 */
export class ReLU extends Module {
  forward(x: Tensor): Tensor {
    return maximum(x, 0);
  }
}
