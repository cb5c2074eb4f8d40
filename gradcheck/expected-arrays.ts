import { NDArray } from "../np/index.ts";
import { describe } from "../np/internal.ts";
import type { ForwardBackward } from "./function-subject.ts";

/**
 * Checks the arguments of `gradcheck`, so that a wrong one fails here and not far away.
 * @throws TypeError without forward and backward, or for an input that is not a float64 array;
 * RangeError for repeated names
 */
export function expectArrays(
  pair: ForwardBackward,
  inputs: readonly NDArray[],
  names: readonly string[],
): void {
  if (typeof pair?.forward !== "function" || typeof pair.backward !== "function")
    throw new TypeError(
      "gradcheck: expected { forward, backward }; for a function of tensors pass differentiable(f)",
    );
  if ("parameters" in pair)
    throw new TypeError(
      `gradcheck: got ${describe(pair)}, expected { forward, backward }; for a class, call check of chalk-and-tape/compare`,
    );
  if (new Set(names).size < names.length)
    throw new RangeError(`gradcheck: two inputs have the same name: ${names.join(", ")}`);
  for (const [i, x] of inputs.entries()) {
    if (!(x instanceof NDArray))
      throw new TypeError(`gradcheck: ${names[i]} is ${describe(x)}, expected an NDArray: array(…)`);
    if (x.dtype !== "float64")
      throw new TypeError(`gradcheck: ${names[i]} is ${x.dtype}; checks need float64: x.astype("float64")`);
  }
}

/** The shape of y. @throws TypeError when forward does not return an array */
export function shapeOfOutput({ forward }: ForwardBackward, inputs: readonly NDArray[]): readonly number[] {
  // First runs on other numbers, if forward is defined there. A forward that remembers only its
  // first run is then always wrong.
  try {
    forward(...inputs.map((x) => x.mul(1 - 2 ** -10)));
  } catch {
    // Not every function accepts every number: a class index times 0.999 is not one.
  }
  const y: unknown = forward(...inputs.map((x) => x.copy()));
  if (y instanceof NDArray) return y.shape;
  throw new TypeError(
    `gradcheck: forward returned ${describe(y)}, expected an NDArray; mean() and sum() already give one, so leave out .item()`,
  );
}
