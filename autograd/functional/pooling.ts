import type { AvgPoolOptions, MaxPoolOptions, OneOrPair, OutputSize } from "../../contracts/index.ts";
import { AdaptiveAvgPool2d } from "../layers/adaptive-avg-pool2d.ts";
import { AvgPool2d } from "../layers/avg-pool2d.ts";
import { MaxPool2d } from "../layers/max-pool2d.ts";
import type { Tensor } from "../tensor.ts";

/**
 * The largest element of each window, as the layer `MaxPool2d`; the stride is the window's size by default.
 * @example functional.maxPool2d(tensor([[[[1, 2], [3, 4]]]]), 2) // [[[[4]]]]
 */
export function maxPool2d(x: Tensor, kernelSize: OneOrPair, options?: MaxPoolOptions): Tensor {
  return new MaxPool2d(kernelSize, options).forward(x);
}
/** The average of each window, as the layer `AvgPool2d`; the stride is the window's size by default. */
export function avgPool2d(x: Tensor, kernelSize: OneOrPair, options?: AvgPoolOptions): Tensor {
  return new AvgPool2d(kernelSize, options).forward(x);
}
/** Averages to an image of a given size, as the layer `AdaptiveAvgPool2d`. */
export function adaptiveAvgPool2d(x: Tensor, outputSize: OutputSize): Tensor {
  return new AdaptiveAvgPool2d(outputSize).forward(x);
}
