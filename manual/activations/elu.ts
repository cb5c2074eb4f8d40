import { contracts } from "../../contracts/index.ts";
import { settle } from "../../contracts/internal.ts";
import { exp, expm1, type NDArray, where } from "../../np/index.ts";
import { Layer } from "../layer.ts";

/**
 * y = α (eˣ − 1) where x ≤ 0, else x.
 * Shapes: x (any) → y (the same).
 * Backward: dx = dy · α eˣ where x ≤ 0, else dy; at x = 0 that is α dy, at NaN dy, as in PyTorch.
 * Defaults: α = alpha 1.
 * @throws RangeError unless alpha is a finite number
 * @see Clevert, Unterthiner, Hochreiter, "Fast and Accurate Deep Network Learning by Exponential Linear Units (ELUs)", ICLR 2016, eq. 15
 */
export class ELU extends Layer {
  readonly alpha: number;
  #x: NDArray | null = null;

  constructor(alpha?: number) {
    super();
    this.alpha = settle(contracts.ELU, { alpha }, {}).alpha;
  }

  forward(x: NDArray): NDArray {
    this.#x = x; // chalk: backward needs it
    const negative = where(x.lessEqual(0), x, 0); // the exponential of a large x would overflow
    return where(x.lessEqual(0), expm1(negative).mul(this.alpha), x);
  }

  backward(dy: NDArray): NDArray {
    const x = this.remembered(this.#x, dy);
    const negative = where(x.lessEqual(0), x, 0);
    return where(x.lessEqual(0), dy.mul(exp(negative)).mul(this.alpha), dy); // shape of x
  }
}
