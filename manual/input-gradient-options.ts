import { full, type NDArray } from "../np/index.ts";

/** Options of `backward`: whether it computes ∂L/∂x. */
export interface InputGradientOptions {
  /**
   * Whether to compute ∂L/∂x; default true. Training passes false, since nothing reads the gradient
   * of the images.
   */
  readonly input?: boolean;
}

/**
 * A placeholder for a gradient that was not requested: NaN everywhere, so that reading it by
 * mistake does not go unnoticed. It is one number broadcast to x's shape, so it costs nothing.
 */
export function notComputed({ shape, dtype }: NDArray): NDArray {
  return full([], Number.NaN, { dtype }).broadcastTo(shape);
}
