import { contracts } from "../../contracts/index.ts";
import { expectAxis, settle } from "../../contracts/internal.ts";
import { softmax } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * y = eˣ / Σ eˣ, summed along axis `dim`. It is computed as e^(x − log Σ eˣ),
 * which does not overflow. Where x is +Infinity, and in all of its sum, y is NaN.
 * Shapes: x (any) → y (the same); each sum along `dim` is 1.
 * @throws TypeError unless dim is a number, RangeError for an axis that x does not have
 * @see Bridle, "Probabilistic Interpretation of Feedforward Classification Network Outputs", Neurocomputing, 1990
 */
export class Softmax extends Module {
  readonly dim: number;

  constructor(dim: number) {
    super();
    settle(contracts.Softmax, { dim }, {});
    this.dim = dim;
  }

  forward(x: Tensor): Tensor {
    expectAxis("Softmax.forward", this.dim, x.shape);
    const y = softmax(x, this.dim);
    return y;
  }
}
