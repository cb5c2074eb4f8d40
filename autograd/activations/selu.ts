import { seluAlpha, seluScale } from "../../contracts/internal.ts";
import { expm1, where } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * y = λ α (eˣ − 1) where x ≤ 0, else λ x, with λ = 1.0507… and α = 1.6733…,
 * chosen so that mean 0 and variance 1 are a fixed point.
 * Shapes: x (any) → y (the same).
 * @see Klambauer et al., "Self-Normalizing Neural Networks", NIPS 2017, eq. 2 and 14
 */
export class SELU extends Module {
  forward(x: Tensor): Tensor {
    const negative = where(x.lessEqual(0), x, 0); // the exponential of a large x would overflow
    return where(x.lessEqual(0), expm1(negative).mul(seluAlpha), x).mul(seluScale);
  }
}
