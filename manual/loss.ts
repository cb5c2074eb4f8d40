import type { NDArray } from "../np/index.ts";
import type { AveragedLoss } from "../training/index.ts";

/** A layer with two inputs. Its backward starts the chain rule: dy defaults to 1. */
export interface Loss extends AveragedLoss {
  forward(prediction: NDArray, target: NDArray): NDArray;
  backward(dy?: NDArray | number): NDArray;
}
