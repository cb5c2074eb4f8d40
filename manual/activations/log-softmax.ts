import { contracts } from "../../contracts/index.ts";
import { expectAxis, settle } from "../../contracts/internal.ts";
import { exp, logSoftmax, type NDArray } from "../../np/index.ts";
import { Layer } from "../layer.ts";

/**
 * y = x − log Σ eˣ, summed along axis `dim`: the logarithm of `Softmax`,
 * but exact even where `Softmax` rounds to 0. A sum with +Infinity in it gives NaN.
 * Shapes: x (any) → y (the same).
 * Backward: dx = dy − e^y · Σ dy, since log Σ eˣ has the softmax as its gradient.
 * @throws TypeError unless dim is a number, RangeError for an axis that x does not have
 * @see Bishop, "Pattern Recognition and Machine Learning", 2006, eq. 4.104
 */
export class LogSoftmax extends Layer {
  readonly dim: number;
  #y: NDArray | null = null;

  constructor(dim: number) {
    super();
    settle(contracts.LogSoftmax, { dim }, {});
    this.dim = dim;
  }

  forward(x: NDArray): NDArray {
    expectAxis("LogSoftmax.forward", this.dim, x.shape);
    const y = logSoftmax(x, this.dim);
    this.#y = y; // chalk: backward needs it
    return y;
  }

  backward(dy: NDArray): NDArray {
    const softmax = exp(this.remembered(this.#y, dy)); // shape of x
    const total = dy.sum(this.dim, true); // one number for each sum: (N, C) → (N, 1) for dim 1
    return dy.sub(softmax.mul(total)); // shape of x
  }
}
