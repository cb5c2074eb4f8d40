import type { NDArray } from "../np/index.ts";

/** A layer with two inputs. Its backward starts the chain rule: dy defaults to 1. */
export interface Loss {
  forward(prediction: NDArray, target: NDArray): NDArray;
  backward(dy?: NDArray | number): NDArray;
}
