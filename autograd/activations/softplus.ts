import { contracts, type SoftplusOptions } from "../../contracts/index.ts";
import { settle } from "../../contracts/internal.ts";
import { logaddexp, where } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * y = log(1 + e^(β x)) / β, a smooth ReLU. Where β x > threshold, y = x,
 * which differs by less than e^(−threshold) / β.
 * Shapes: x (any) → y (the same).
 * Defaults: β = beta 1, threshold 20.
 * @throws RangeError unless beta is a number > 0 and threshold a finite one
 * @see Dugas et al., "Incorporating Second-Order Functional Knowledge for Better Option Pricing", NIPS 2000, section 2
 */
export class Softplus extends Module {
  readonly beta: number;
  readonly threshold: number;

  constructor(beta?: number, options: SoftplusOptions = {}) {
    super();
    const given = settle(contracts.Softplus, { beta }, options);
    this.beta = given.beta;
    this.threshold = given.threshold;
  }

  forward(x: Tensor): Tensor {
    const z = x.mul(this.beta);
    return where(z.greater(this.threshold), x, logaddexp(z, 0).div(this.beta));
  }
}
