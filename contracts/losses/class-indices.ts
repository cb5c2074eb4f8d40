import { formatShape, ShapeError, sameShape } from "../../np/index.ts";
import type { Typed } from "../checks/features.ts";
import { expectArray, expectShape } from "../checks/shapes.ts";
import { type Valued, valuesOf } from "../checks/values.ts";
import { expectTarget } from "./targets.ts";

/** The axis of the classes: 1 in scores (N, C, …), 0 in those of one sample, (C,). */
export function classAxis(scores: readonly number[]): 0 | 1 {
  return scores.length === 1 ? 0 : 1;
}

/** @throws ShapeError for a single number, which has no axis for the classes */
export function expectScores(where: string, name: string, scores: readonly number[]): void {
  expectArray(where, name, scores);
  if (scores.length === 0) expectShape(where, name, scores, ["N", "C"]);
}

/** @throws ShapeError, TypeError or RangeError unless the target holds one class index for each row of scores (N, C, …), or for the one row of (C,) */
export function expectIndices(
  where: string,
  x: Typed,
  target: Valued,
  ignoreIndex: number | null = null,
  orElse: string = "",
): void {
  const scores = x.shape;
  expectScores(where, "x", scores);
  expectTarget(where, x, target);
  const axis = classAxis(scores);
  const [classes, rows] = [scores[axis] as number, scores.toSpliced(axis, 1)];
  const given = `target has shape ${formatShape(target.shape)}`;
  if (axis === 1 && target.shape[0] !== rows[0]) {
    throw new ShapeError(
      `${where}: Expected input batch_size (${rows[0]}) to match target batch_size (${target.shape[0] ?? 1}). The ${given}, but there are ${rows[0]} rows of scores: one target per row is needed`,
    );
  }
  if (!sameShape(target.shape, rows)) {
    const oneSample = axis === 0 ? `; scores of shape ${formatShape(scores)} are those of one sample` : "";
    throw new ShapeError(
      `${where}: ${given}, expected ${formatShape(rows)} class indices${orElse}${oneSample}`,
    );
  }
  const values = valuesOf(target).flat();
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value === ignoreIndex || (Number.isInteger(value) && value >= 0 && value < classes)) continue;
    const at = `target${target.shape.length > 0 ? `[${position(i, target.shape)}]` : ""} is ${value}`;
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
