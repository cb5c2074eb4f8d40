import type { NDArray } from "../np/index.ts";
import type { AveragedLoss } from "../training/index.ts";
import type { Tensor } from "./tensor.ts";

/** A module that maps a prediction and its target to a scalar, where `backward` starts. */
export interface Loss extends AveragedLoss {
  forward(prediction: Tensor, target: NDArray): Tensor;
}
