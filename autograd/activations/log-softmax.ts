import { contracts } from "../../contracts/index.ts";
import { expectAxis, settle } from "../../contracts/internal.ts";
import { logSoftmax } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * y = x − log Σ eˣ, summed along axis `dim`: the logarithm of `Softmax`,
 * but exact even where `Softmax` rounds to 0. A sum with +Infinity in it gives NaN.
 * Shapes: x (any) → y (the same).
 * @throws TypeError unless dim is a number, RangeError for an axis that x does not have
 * @see Bishop, "Pattern Recognition and Machine Learning", 2006, eq. 4.104
 */
export class LogSoftmax extends Module {
  readonly dim: number;

  constructor(dim: number) {
    super();
    settle(contracts.LogSoftmax, { dim }, {});
    this.dim = dim;
  }

  forward(x: Tensor): Tensor {
    expectAxis("LogSoftmax.forward", this.dim, x.shape);
    const y = logSoftmax(x, this.dim);
    return y;
  }
}
