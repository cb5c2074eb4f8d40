import { contracts } from "../../contracts/index.ts";
import { settle } from "../../contracts/internal.ts";
import { where } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * y = x where x > 0, else negativeSlope · x.
 * Shapes: x (any) → y (the same).
 * Defaults: negativeSlope 0.01.
 * @throws RangeError unless negativeSlope is a finite number
 * @see Maas, Hannun, Ng, "Rectifier Nonlinearities Improve Neural Network Acoustic Models", ICML 2013, section 2
 */
export class LeakyReLU extends Module {
  readonly negativeSlope: number;

  constructor(negativeSlope?: number) {
    super();
    this.negativeSlope = settle(contracts.LeakyReLU, { negativeSlope }, {}).negativeSlope;
  }

  forward(x: Tensor): Tensor {
    return where(x.greater(0), x, x.mul(this.negativeSlope));
  }
}
