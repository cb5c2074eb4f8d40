import { tanh } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * y = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ).
 * Shapes: x (any) → y (the same).
 * @see LeCun et al., "Efficient BackProp", 1998, section 4.4
 */
export class Tanh extends Module {
  forward(x: Tensor): Tensor {
    const y = tanh(x);
    return y;
  }
}
