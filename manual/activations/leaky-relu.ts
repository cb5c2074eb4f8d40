import { contracts } from "../../contracts/index.ts";
import { settle } from "../../contracts/internal.ts";
import { type NDArray, where } from "../../np/index.ts";
import { Layer } from "../layer.ts";

/**
 * y = x where x > 0, else negativeSlope · x.
 * Shapes: x (any) → y (the same).
 * Backward: dx = dy where x > 0, else negativeSlope · dy; the kink x = 0 and NaN count as negative,
 * as in PyTorch.
 * Defaults: negativeSlope 0.01.
 * @throws RangeError unless negativeSlope is a finite number
 * @see Maas, Hannun, Ng, "Rectifier Nonlinearities Improve Neural Network Acoustic Models", ICML 2013, section 2
 */
export class LeakyReLU extends Layer {
  readonly negativeSlope: number;
  #x: NDArray | null = null;

  constructor(negativeSlope?: number) {
    super();
    this.negativeSlope = settle(contracts.LeakyReLU, { negativeSlope }, {}).negativeSlope;
  }

  forward(x: NDArray): NDArray {
    this.#x = x; // chalk: backward needs it
    return where(x.greater(0), x, x.mul(this.negativeSlope));
  }

  backward(dy: NDArray): NDArray {
    const x = this.remembered(this.#x, dy);
    return where(x.greater(0), dy, dy.mul(this.negativeSlope)); // shape of x
  }
}
