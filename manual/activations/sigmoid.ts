import { type NDArray, sigmoid } from "../../np/index.ts";
import { Layer } from "../layer.ts";

/**
 * y = 1 / (1 + e⁻ˣ).
 * Shapes: x (any) → y (the same).
 * Backward: dx = dy · y (1 − y).
 * @see Bishop, "Pattern Recognition and Machine Learning", 2006, eq. 4.88
 */
export class Sigmoid extends Layer {
  #y: NDArray | null = null;

  forward(x: NDArray): NDArray {
    const y = sigmoid(x);
    this.#y = y; // chalk: backward needs it
    return y;
  }

  backward(dy: NDArray): NDArray {
    const y = this.remembered(this.#y, dy);
    return dy.mul(y).mul(y.neg().add(1)); // shape of x
  }
}
