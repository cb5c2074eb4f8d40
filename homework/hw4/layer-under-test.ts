import type { NDArray } from "../../np/index.ts";

/** What a gradient test is given. The student's file declares the same interface. */
export interface LayerUnderTest {
  /** The shape of the x that `forward` takes, the batch first. */
  readonly inputShape: readonly number[];
  /** The parameters by name, as they are now. */
  readonly parameters: Readonly<Record<string, NDArray>>;
  /** The gradients of the last backward by the parameter's name; the layer may overwrite them in the next one. */
  readonly gradients: Readonly<Record<string, NDArray>>;
  /** Adds a change to a parameter. */
  perturb(name: string, change: NDArray): void;
  forward(x: NDArray): NDArray;
  /** Sets `gradients` and returns dx, both for the last forward. The layer may overwrite dx in the next one. */
  backward(dy: NDArray): NDArray;
}
