import { expectNumber } from "../../contracts/internal.ts";
import { maximum, minimum } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * y = x between minVal and maxVal, and the nearer of them outside.
 * Shapes: x (any) → y (the same).
 * Defaults: minVal −1, maxVal 1.
 * @throws RangeError unless minVal < maxVal, both finite
 * @see Collobert, "Large Scale Machine Learning", thesis, Paris VI, 2004, section 5.2
 */
export class Hardtanh extends Module {
  readonly minVal: number;
  readonly maxVal: number;

  constructor(minVal: number = -1, maxVal: number = 1) {
    super();
    expectNumber("Hardtanh", "minVal", minVal, true, "a finite number");
    expectNumber("Hardtanh", "maxVal", maxVal, maxVal > minVal, `a number > minVal = ${minVal}`);
    this.minVal = minVal;
    this.maxVal = maxVal;
  }

  forward(x: Tensor): Tensor {
    return minimum(maximum(x, this.minVal), this.maxVal);
  }
}
