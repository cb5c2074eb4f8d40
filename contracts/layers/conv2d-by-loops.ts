import type { NDArray } from "../../np/index.ts";
import { type Contract, count, integer, ndarray, optional } from "../../np/internal.ts";

export interface ConvByLoopsOptions {
  /** How far the window moves from one position to the next; default 1. */
  readonly stride?: number;
  /** Rows and columns of zeros on every side; default 0. */
  readonly padding?: number;
}

export const conv2dByLoops: Contract<{ x: NDArray; weight: NDArray; bias: NDArray }, ConvByLoopsOptions> = {
  name: "conv2dByLoops",
  positional: { x: ndarray, weight: ndarray, bias: ndarray },
  options: { stride: optional(count(), 1), padding: optional(integer({ least: 0 }), 0) },
};

export const conv2dByLoopsBackward: Contract<
  { dy: NDArray; x: NDArray; weight: NDArray },
  ConvByLoopsOptions
> = {
  name: "conv2dByLoopsBackward",
  positional: { dy: ndarray, x: ndarray, weight: ndarray },
  options: conv2dByLoops.options,
};
