import { type NDArray, tanh } from "../../np/index.ts";
import { Layer } from "../layer.ts";

/**
 * y = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ).
 * Shapes: x (any) → y (the same).
 * Backward: dx = dy · (1 − y²).
 * @see LeCun et al., "Efficient BackProp", 1998, section 4.4
 */
export class Tanh extends Layer {
  #y: NDArray | null = null;

  forward(x: NDArray): NDArray {
    const y = tanh(x);
    this.#y = y; // chalk: backward needs it
    return y;
  }

  backward(dy: NDArray): NDArray {
    const y = this.remembered(this.#y, dy);
    return dy.mul(y.mul(y).neg().add(1)); // shape of x
  }
}
