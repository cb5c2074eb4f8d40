import { sigmoid } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * y = 1 / (1 + e⁻ˣ).
 * Shapes: x (any) → y (the same).
 * @see Bishop, "Pattern Recognition and Machine Learning", 2006, eq. 4.88
 */
export class Sigmoid extends Module {
  forward(x: Tensor): Tensor {
    const y = sigmoid(x);
    return y;
  }
}
