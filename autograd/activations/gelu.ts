import { contracts } from "../../contracts/index.ts";
import { settle } from "../../contracts/internal.ts";
import { erf, tanh } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * y = x · Φ(x), with the normal distribution function Φ(x) = (1 + erf(x / √2)) / 2; "tanh":
 * y = x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2.
 * Shapes: x (any) → y (the same).
 * Defaults: approximate "none".
 * @throws RangeError for any word other than "none" or "tanh"
 * @see Hendrycks and Gimpel, "Gaussian Error Linear Units (GELUs)", 2016, section 2
 */
export class GELU extends Module {
  readonly approximate: "none" | "tanh";

  constructor(approximate?: "none" | "tanh") {
    super();
    this.approximate = settle(contracts.GELU, { approximate }, {}).approximate;
  }

  forward(x: Tensor): Tensor {
    if (this.approximate === "none") return x.mul(erf(x.div(Math.SQRT2)).add(1)).div(2);
    const cubic = x.mul(x).mul(x).mul(0.044715);
    const u = x.add(cubic).mul(Math.sqrt(2 / Math.PI));
    return x.mul(tanh(u).add(1)).div(2);
  }
}
