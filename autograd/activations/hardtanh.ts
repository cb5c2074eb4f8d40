import { contracts, type HardtanhOptions } from "../../contracts/index.ts";
import { settle } from "../../contracts/internal.ts";
import { maximum, minimum } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * y = x clipped to minVal … maxVal.
 * Shapes: x (any) → y (the same).
 * Defaults: minVal −1, maxVal 1.
 * @throws RangeError unless minVal < maxVal, both finite
 * @see Collobert, "Large Scale Machine Learning", thesis, Paris VI, 2004, section 5.2
 */
export class Hardtanh extends Module {
  readonly minVal: number;
  readonly maxVal: number;

  constructor(minVal?: number, options: HardtanhOptions = {}) {
    super();
    const given = settle(contracts.Hardtanh, { minVal }, options);
    this.minVal = given.minVal;
    this.maxVal = given.maxVal;
  }

  forward(x: Tensor): Tensor {
    return minimum(maximum(x, this.minVal), this.maxVal);
  }
}
