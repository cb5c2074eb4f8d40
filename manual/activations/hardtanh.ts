import { contracts, type HardtanhOptions } from "../../contracts/index.ts";
import { settle } from "../../contracts/internal.ts";
import { maximum, minimum, type NDArray, where } from "../../np/index.ts";
import { Layer } from "../layer.ts";

/**
 * y = x clipped to minVal … maxVal.
 * Shapes: x (any) → y (the same).
 * Backward: dx = 0 where x ≤ minVal or x ≥ maxVal, else dy; so it is 0 at both bounds and dy at NaN, as in PyTorch (its clamp
 * has it the other way round).
 * Defaults: minVal −1, maxVal 1.
 * @throws RangeError unless minVal < maxVal, both finite
 * @see Collobert, "Large Scale Machine Learning", thesis, Paris VI, 2004, section 5.2
 */
export class Hardtanh extends Layer {
  readonly minVal: number;
  readonly maxVal: number;
  #x: NDArray | null = null;

  constructor(minVal?: number, options: HardtanhOptions = {}) {
    super();
    const given = settle(contracts.Hardtanh, { minVal }, options);
    this.minVal = given.minVal;
    this.maxVal = given.maxVal;
  }

  forward(x: NDArray): NDArray {
    this.#x = x; // chalk: backward needs it
    return minimum(maximum(x, this.minVal), this.maxVal);
  }

  backward(dy: NDArray): NDArray {
    const x = this.remembered(this.#x, dy);
    const clipped = x.lessEqual(this.minVal).add(x.greaterEqual(this.maxVal)); // shape of x
    return where(clipped, 0, dy); // shape of x
  }
}
