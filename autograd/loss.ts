import type { NDArray } from "../np/index.ts";
import type { Tensor } from "./tensor.ts";

/** A module that maps a prediction and its target to a scalar, where `backward` starts. */
export interface Loss {
  forward(prediction: Tensor, target: NDArray): Tensor;
}
