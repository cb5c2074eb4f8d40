import { contracts } from "../../contracts/index.ts";
import { settle } from "../../contracts/internal.ts";
import { expm1, where } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * y = α (eˣ − 1) where x ≤ 0, else x.
 * Shapes: x (any) → y (the same).
 * Defaults: α = alpha 1.
 * @throws RangeError unless alpha is a finite number
 * @see Clevert, Unterthiner, Hochreiter, "Fast and Accurate Deep Network Learning by Exponential Linear Units (ELUs)", ICLR 2016, eq. 15
 */
export class ELU extends Module {
  readonly alpha: number;

  constructor(alpha?: number) {
    super();
    this.alpha = settle(contracts.ELU, { alpha }, {}).alpha;
  }

  forward(x: Tensor): Tensor {
    const negative = where(x.lessEqual(0), x, 0); // the exponential of a large x would overflow
    return where(x.lessEqual(0), expm1(negative).mul(this.alpha), x);
  }
}
