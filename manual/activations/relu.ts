import { maximum, type NDArray } from "../../np/index.ts";
import { wherePositive } from "../../np/internal.ts";
import { Layer } from "../layer.ts";

/**
 * y = max(x, 0).
 * Shapes: x (any) → y (the same).
 * Backward: dx = dy where x > 0, else 0; at the kink x = 0 it is 0, as in PyTorch.
 * @see Nair and Hinton, "Rectified Linear Units Improve Restricted Boltzmann Machines", ICML 2010
 */
export class ReLU extends Layer {
  #y: NDArray | null = null;

  forward(x: NDArray): NDArray {
    const y = maximum(x, 0);
    this.#y = y; // chalk: backward needs it, or x, but y is kept by the next layer as well
    return y;
  }

  backward(dy: NDArray): NDArray {
    const y = this.remembered(this.#y, dy);
    return wherePositive(y, dy); // dy where y > 0, that is where x > 0, else 0; shape of x
  }
}
