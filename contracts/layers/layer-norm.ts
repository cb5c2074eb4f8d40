import type { DType } from "../../np/index.ts";
import { formatShape, ShapeError, sameShape } from "../../np/index.ts";
import { argument, atLeastZero, type Contract, flag, floatType, type Required } from "../../np/internal.ts";
import { expectArray } from "../checks/shapes.ts";

export interface LayerNormOptions {
  /** Added to the variance before the root, ≥ 0; default 1e-5. */
  readonly eps?: number;
  /** Whether there are a weight and a bias for each element; default true. */
  readonly elementwiseAffine?: boolean;
  /** Whether there is a bias as well as a weight; default true. */
  readonly bias?: boolean;
  /** The dtype of the parameters; default "float64". */
  readonly dtype?: DType;
}

const isNumber = (x: unknown): boolean => typeof x === "number";

const lengths: Required<number | readonly number[]> = argument(
  "list",
  "a whole number >= 1, or a list of them: the lengths of the last axes",
  (x) => isNumber(x) || (Array.isArray(x) && x.every(isNumber)),
  (given) => {
    const shape = shapeOf(given);
    return shape.length > 0 && shape.every((n) => Number.isInteger(n) && n >= 1);
  },
  { bounds: { least: 1 } },
);

export const LayerNorm: Contract<{ normalizedShape: number | readonly number[] }, LayerNormOptions> = {
  name: "LayerNorm",
  positional: { normalizedShape: lengths },
  options: { eps: atLeastZero(1e-5), elementwiseAffine: flag(true), bias: flag(true), dtype: floatType() },
};

/** The lengths of the last axes as a list. */
export function shapeOf(given: number | readonly number[]): readonly number[] {
  return typeof given === "number" ? [given] : [...given];
}

/**
 * The last axes, which are normalised together, and the axes before them.
 * @throws ShapeError unless x ends in the normalised shape
 */
export function lastAxes(
  where: string,
  shape: readonly number[],
  normalized: readonly number[],
): { axes: number[]; leading: number[] } {
  expectArray(where, "x", shape);
  const first = shape.length - normalized.length;
  if (first < 0 || !sameShape(shape.slice(first), normalized)) {
    const expected = `(…, ${normalized.join(", ")})`;
    throw new ShapeError(
      `${where}: Given normalized_shape=[${normalized.join(", ")}], x has shape ${formatShape(shape)}, expected ${expected}`,
    );
  }
  const all = shape.map((_, axis) => axis);
  return { axes: all.slice(first), leading: all.slice(0, first) };
}
