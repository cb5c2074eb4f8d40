import { contracts } from "../../contracts/index.ts";
import { expectAxis, settle } from "../../contracts/internal.ts";
import { type NDArray, softmax } from "../../np/index.ts";
import { Layer } from "../layer.ts";

/**
 * y = eˣ / Σ eˣ, summed along axis `dim`. It is computed as e^(x − log Σ eˣ),
 * which does not overflow. Where x is +Infinity, and in all of its sum, y is NaN.
 * Shapes: x (any) → y (the same); each sum along `dim` is 1.
 * Backward: dx = y · (dy − Σ dy · y), since every y depends on every x in its sum.
 * @throws TypeError unless dim is a number, RangeError for an axis that x does not have
 * @see Bridle, "Probabilistic Interpretation of Feedforward Classification Network Outputs", Neurocomputing, 1990
 */
export class Softmax extends Layer {
  readonly dim: number;
  #y: NDArray | null = null;

  constructor(dim: number) {
    super();
    settle(contracts.Softmax, { dim }, {});
    this.dim = dim;
  }

  forward(x: NDArray): NDArray {
    expectAxis("Softmax.forward", this.dim, x.shape);
    const y = softmax(x, this.dim);
    this.#y = y; // chalk: backward needs it
    return y;
  }

  backward(dy: NDArray): NDArray {
    const y = this.remembered(this.#y, dy);
    const inner = dy.mul(y).sum(this.dim, true); // one number for each sum: (N, C) → (N, 1) for dim 1
    return dy.sub(inner).mul(y); // shape of x
  }
}
