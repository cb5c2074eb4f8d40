import { formatShape, type NDArray, ShapeError, sameShape } from "../../np/index.ts";
import { expectArray, expectShape } from "../checks/shapes.ts";
import { expectTarget } from "./targets.ts";

/** @throws ShapeError unless there are scores for several samples and classes */
export function expectScores(where: string, name: string, scores: readonly number[]): void {
  expectArray(where, name, scores);
  if (scores.length < 2) expectShape(where, name, scores, ["N", "C"]);
}

/** @throws ShapeError, TypeError or RangeError unless the target holds one class index for each row of scores (N, C, …) */
export function expectIndices(
  where: string,
  scores: readonly number[],
  target: NDArray,
  ignoreIndex: number | null = null,
  orElse: string = "",
): void {
  expectScores(where, "x", scores);
  expectTarget(where, target);
  const [n, classes, ...rest] = scores as [number, number, ...number[]];
  const given = `target has shape ${formatShape(target.shape)}`;
  if (target.shape[0] !== n) {
    throw new ShapeError(
      `${where}: Expected input batch_size (${n}) to match target batch_size (${target.shape[0] ?? 1}). The ${given}, but there are ${n} rows of scores: one target per row is needed`,
    );
  }
  if (!sameShape(target.shape, [n, ...rest])) {
    throw new ShapeError(`${where}: ${given}, expected ${formatShape([n, ...rest])} class indices${orElse}`);
  }
  const values = target.flat();
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value === ignoreIndex || (Number.isInteger(value) && value >= 0 && value < classes)) continue;
    const at = `target[${position(i, target.shape)}] is ${value}`;
    if (!Number.isInteger(value)) {
      const dtype = target.dtype === "float32" ? "Float" : "Double";
      throw new TypeError(
        `${where}: expected target dtype to be Long or Byte, but got ${dtype}: ${at}; class indices are whole numbers. To fit one number per row use MSELoss, for a yes/no use BCEWithLogitsLoss`,
      );
    }
    throw new RangeError(
      `${where}: Target ${value} is out of bounds. ${at}; with ${classes} scores per row, classes are 0 … ${classes - 1}`,
    );
  }
}

/** The position of a flat index: 5 in shape (2, 3) is "1, 2". */
function position(flat: number, shape: readonly number[]): string {
  let rest = flat;
  return shape
    .map((_, axis) => {
      const inner = shape.slice(axis + 1).reduce((size, n) => size * n, 1);
      const index = Math.floor(rest / inner);
      rest %= inner;
      return index;
    })
    .join(", ");
}
