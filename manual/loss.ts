import type { NDArray } from "../np/index.ts";

/** A layer of two inputs whose backward starts the chain: dy = 1 unless given. */
export interface Loss {
  forward(prediction: NDArray, target: NDArray): NDArray;
  backward(dy?: NDArray | number): NDArray;
}
