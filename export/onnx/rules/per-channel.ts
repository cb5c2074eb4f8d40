import type { Tensor } from "../../../autograd/index.ts";
import type { NDArray } from "../../../np/index.ts";
import type { Scope } from "../scope.ts";

/** A parameter of one number for each channel, in the shape (C, 1, …) that broadcasts over x (N, C, …). */
export function perChannel(scope: Scope, parameter: NDArray | Tensor, shape: readonly number[]): string {
  const name = scope.parameter(parameter);
  return shape.length === 2 ? name : scope.reshape(name, [-1, ...shape.slice(2).map(() => 1)]);
}
