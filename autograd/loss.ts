import type { NDArray } from "../np/index.ts";
import type { Tensor } from "./tensor.ts";

/** A module of a prediction and its target that gives a scalar, on which `backward` starts. */
export interface Loss {
  forward(prediction: Tensor, target: NDArray): Tensor;
}
