import type { NDArray } from "../../np/index.ts";
import { Layer } from "../layer.ts";

/**
 * y = x: what stands where a network wants a layer and nothing is to be done.
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
