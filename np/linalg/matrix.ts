import { ShapeError } from "../errors.ts";
import { isfinite } from "../functions/comparisons.ts";
import { all } from "../functions/logic.ts";
import type { NDArray } from "../ndarray.ts";
import { checkConstant } from "../operand.ts";
import { formatShape } from "../shape.ts";

/** @throws TypeError or ShapeError unless it is a matrix, RangeError unless all its elements are finite */
export function checkMatrix(where: string, a: NDArray): void {
  checkConstant(where, a);
  if (a.ndim !== 2)
    throw new ShapeError(`${where}: the array has shape ${formatShape(a.shape)}; expected a matrix`);
  if (all(isfinite(a)).item() === 0)
    throw new RangeError(`${where}: the matrix holds NaN or Infinity; expected finite numbers`);
}

/** @throws ShapeError unless the matrix has as many rows as columns, and as checkMatrix */
export function checkSquare(where: string, a: NDArray): void {
  checkMatrix(where, a);
  if (a.shape[0] !== a.shape[1])
    throw new ShapeError(`${where}: the matrix has shape ${formatShape(a.shape)}; expected a square one`);
}

/** The right side of A x = b as columns. @throws ShapeError unless b has one row for each row of A */
export function columnsOf(where: string, a: NDArray, b: NDArray): NDArray {
  checkConstant(where, b);
  if ((b.ndim !== 1 && b.ndim !== 2) || b.shape[0] !== a.shape[0])
    throw new ShapeError(
      `${where}: b has shape ${formatShape(b.shape)}, but the matrix has shape ${formatShape(a.shape)}; expected (${a.shape[0]},) or (${a.shape[0]}, K)`,
    );
  return b.ndim === 1 ? b.reshape(-1, 1) : b;
}
