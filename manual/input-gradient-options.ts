import { full, type NDArray } from "../np/index.ts";

/** Whether a layer's `backward` computes ∂L/∂x at all. */
export interface InputGradientOptions {
  /** Whether ∂L/∂x is wanted; default true. Training passes false: nobody reads the gradient of the images. */
  readonly input?: boolean;
}

/**
 * The place of a gradient that nobody asked for: NaN everywhere, so that reading it by mistake does not go unnoticed. One number
 * seen in x's shape; it costs nothing.
 */
export function notComputed({ shape, dtype }: NDArray): NDArray {
  return full([], Number.NaN, { dtype }).broadcastTo(shape);
}
