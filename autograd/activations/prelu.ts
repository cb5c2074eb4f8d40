import { contracts, type PReLUOptions } from "../../contracts/index.ts";
import { perChannel, settle } from "../../contracts/internal.ts";
import { constant } from "../../initialisers/index.ts";
import { sizeOf, where } from "../../np/index.ts";
import { Module, type Params } from "../module.ts";
import { Tensor } from "../tensor.ts";

/**
 * y = x where x > 0, else weight · x: a LeakyReLU with learned slopes,
 * one for all channels or one for each.
 * Shapes: x (N, C, …) and weight (C,), or x (any) and weight (1,) → y (shape of x).
 * Defaults: numParameters 1, init 0.25, dtype float64.
 * @throws ShapeError unless x has a channel for each slope
 * @see He et al., "Delving Deep into Rectifiers", ICCV 2015, section 2.1
 */
export class PReLU extends Module implements Params<"weight"> {
  /** (C,) */
  weight: Tensor;

  constructor(numParameters?: number, options: PReLUOptions = {}) {
    super();
    const given = settle(contracts.PReLU, { numParameters }, options);
    this.weight = new Tensor(constant([given.numParameters], given.init, { dtype: given.dtype }), true);
  }

  forward(x: Tensor): Tensor {
    const slopes = this.weight.reshape(perChannel("PReLU.forward", sizeOf(this.weight.shape), x.shape));
    const negative = where(x.greater(0), 0, x); // the slope of an infinite x would be 0 · ∞
    return where(x.greater(0), x, negative.mul(slopes));
  }
}
