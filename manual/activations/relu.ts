import { maximum, type NDArray, where } from "../../np/index.ts";
import { Layer } from "../layer.ts";

/**
 * y = max(x, 0).
 * Shapes: x (any) → y (the same).
 * Backward: dx = 0 where x ≤ 0, else dy; at the kink x = 0 it is 0, at NaN dy, as in PyTorch.
 * @see Nair and Hinton, "Rectified Linear Units Improve Restricted Boltzmann Machines", ICML 2010
 */
export class ReLU extends Layer {
  #x: NDArray | null = null;

  forward(x: NDArray): NDArray {
    this.#x = x; // chalk: backward needs it
    return maximum(x, 0);
  }

  backward(dy: NDArray): NDArray {
    const x = this.remembered(this.#x, dy);
    return where(x.lessEqual(0), 0, dy); // shape of x
  }
}
