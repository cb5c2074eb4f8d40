import { describe } from "../arguments/describe.ts";
import { engine } from "../current-engine.ts";
import { ShapeError } from "../errors.ts";
import { NDArray } from "../ndarray.ts";
import { checkArray } from "../operand.ts";
import { formatShape } from "../shape.ts";

export function tril(x: NDArray, k: number): NDArray {
  return masked("tril", x, k, (row, column) => column - row <= k);
}

export function triu(x: NDArray, k: number): NDArray {
  return masked("triu", x, k, (row, column) => column - row >= k);
}

/** x where `kept` holds of the place in each matrix, 0 elsewhere. */
function masked(op: string, x: NDArray, k: number, kept: (row: number, column: number) => boolean): NDArray {
  checkArray(op, x);
  if (!Number.isInteger(k)) throw new TypeError(`${op}: k is ${describe(k)}; expected a whole number`);
  if (x.ndim < 2)
    throw new ShapeError(
      `${op}: x has shape ${formatShape(x.shape)}; expected a matrix, or several (…, N, M)`,
    );
  const [rows, columns] = x.shape.slice(-2) as [number, number];
  const mask = NDArray.empty([rows, columns], "uint8");
  const places = mask.flat();
  for (let row = 0, i = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, i++) places[i] = kept(row, column) ? 1 : 0;
  const out = NDArray.unfilled(x.shape, x.dtype);
  const lead = x.shape.slice(0, -2).map(() => 0);
  engine().where(out, mask.viewAs(x.shape, [...lead, columns, 1], 0), x, 0);
  return out;
}
