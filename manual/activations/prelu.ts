import { contracts, type PReLUOptions } from "../../contracts/index.ts";
import { perChannel, settle } from "../../contracts/internal.ts";
import { constant } from "../../initialisers/index.ts";
import { type NDArray, sizeOf, where } from "../../np/index.ts";
import { Layer, type Params } from "../layer.ts";

/**
 * y = x where x > 0, else weight · x: a LeakyReLU with learned slopes,
 * one for all channels or one for each.
 * Shapes: x (N, C, …) and weight (C,), or x (any) and weight (1,) → y (shape of x).
 * Backward: dx = dy where x > 0, else weight · dy; dweight = Σ of dy · x where x ≤ 0,
 * over all elements that share the slope.
 * Defaults: numParameters 1, init 0.25, dtype float64.
 * @throws ShapeError unless x has a channel for each slope
 * @see He et al., "Delving Deep into Rectifiers", ICCV 2015, section 2.1
 */
export class PReLU extends Layer implements Params<"weight"> {
  /** (C,) */
  weight: NDArray;
  dWeight: NDArray | null = null;
  #x: NDArray | null = null;
  #slopes: NDArray | null = null;

  constructor(numParameters?: number, options: PReLUOptions = {}) {
    super();
    const given = settle(contracts.PReLU, { numParameters }, options);
    this.weight = constant([given.numParameters], given.init, { dtype: given.dtype });
  }

  forward(x: NDArray): NDArray {
    const slopes = this.weight.reshape(perChannel("PReLU.forward", sizeOf(this.weight.shape), x.shape));
    this.#x = x; // chalk: backward needs it
    this.#slopes = slopes; // chalk: backward needs them
    const negative = where(x.greater(0), 0, x); // the slope of an infinite x would be 0 · ∞
    return where(x.greater(0), x, negative.mul(slopes));
  }

  backward(dy: NDArray): NDArray {
    const [x, slopes] = [this.remembered(this.#x, dy), this.remembered(this.#slopes)];
    const shared = x.shape.map((_, axis) => axis).filter((axis) => axis !== 1 || slopes.size === 1);
    const each = where(x.greater(0), 0, dy.mul(x)); // what each element adds to the gradient of its slope: shape of x
    this.dWeight = each.sum(shared).reshape(this.weight.shape); // (N, C, …) → (C,)
    return where(x.greater(0), dy, dy.mul(slopes)); // shape of x
  }
}
