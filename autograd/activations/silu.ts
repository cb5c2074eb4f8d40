import { sigmoid } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * y = x · σ(x), with σ(x) = 1 / (1 + e⁻ˣ); also called swish.
 * Shapes: x (any) → y (the same).
 * @see Elfwing, Uchibe, Doya, "Sigmoid-Weighted Linear Units for Neural Network Function Approximation", Neural Networks 107 (2018)
 */
export class SiLU extends Module {
  forward(x: Tensor): Tensor {
    return x.mul(sigmoid(x));
  }
}
