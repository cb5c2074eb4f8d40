import { ShapeError } from "../errors.ts";
import { isfinite } from "../functions/comparisons.ts";
import { all } from "../functions/logic.ts";
import type { NDArray } from "../ndarray.ts";
import { checkArray } from "../operand.ts";
import { formatShape } from "../shape.ts";

/** @throws TypeError or ShapeError unless it is a matrix, RangeError unless all its elements are finite */
export function checkMatrix(where: string, a: NDArray): void {
  checkArray(where, a);
  if (a.ndim !== 2)
    throw new ShapeError(`${where}: the array has shape ${formatShape(a.shape)}; expected a matrix`);
  if (all(isfinite(a)).item() === 0)
    throw new RangeError(`${where}: the matrix holds NaN or Infinity; expected finite numbers`);
}
