import type { NDArray } from "../../np/index.ts";
import { Layer } from "../layer.ts";

/**
 * y = x: a placeholder where a network expects a layer.
 * Shapes: x (any) → y (the same).
 * Backward: dx = dy.
 */
export class Identity extends Layer {
  forward(x: NDArray): NDArray {
    return x;
  }

  backward(dy: NDArray): NDArray {
    return dy; // shape of x
  }
}
