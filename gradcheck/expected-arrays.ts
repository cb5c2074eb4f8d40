import { NDArray } from "../np/index.ts";
import { describe } from "../np/internal.ts";
import type { ForwardBackward } from "./function-subject.ts";
import { isLayerLike, type LayerLike } from "./structure/own-layer.ts";

/**
 * Checks the arguments of `gradcheck`, so that a wrong one fails here and not far away.
 * @throws TypeError for an input that is not an array, or is float32;
 * RangeError for repeated names
 */
export function expectArrays(inputs: readonly NDArray[], names: readonly string[]): void {
  if (new Set(names).size < names.length)
    throw new RangeError(`gradcheck: two inputs have the same name: ${names.join(", ")}`);
  for (const [i, x] of inputs.entries()) {
    if (!(x instanceof NDArray))
      throw new TypeError(`gradcheck: ${names[i]} is ${describe(x)}, expected an NDArray: array(…)`);
    if (x.dtype === "float32")
      throw new TypeError(`gradcheck: ${names[i]} is ${x.dtype}; checks need float64: x.astype("float64")`);
  }
}

/** @throws TypeError for anything without forward and backward */
export function expectSubject(what: unknown): asserts what is ForwardBackward | LayerLike {
  if (!isLayerLike(what))
    throw new TypeError(
      `gradcheck: got ${describe(what)}, expected { forward, backward } or a layer, such as new MyLayer(…); for a function of tensors pass differentiable(f)`,
    );
}
