import type { NDArray } from "../../np/index.ts";
import type { AnyNetwork, Traced } from "./traced.ts";

/**
 * Runs one forward in evaluation mode and returns what happened in it.
 * @throws RangeError that lists everything that cannot be exported
 */
export function trace(_model: AnyNetwork, _input: readonly number[] | NDArray): Traced {
  throw new TypeError("trace: to be written");
}
