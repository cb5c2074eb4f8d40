import { type DType, formatShape, ShapeError, sameShape, sizeOf } from "../../np/index.ts";
import { expectArray, expectCount } from "../checks/shapes.ts";

export interface LayerNormOptions {
  /** Added to the variance before the root, ≥ 0; default 1e-5. */
  readonly eps?: number;
  /** Whether there are a weight and a bias for each element; default true. */
  readonly elementwiseAffine?: boolean;
  /** Whether there is a bias beside the weight; default true. */
  readonly bias?: boolean;
  /** Of the parameters; default "float64". */
  readonly dtype?: DType;
}

export interface GroupNormOptions {
  /** Added to the variance before the root, ≥ 0; default 1e-5. */
  readonly eps?: number;
  /** Whether there are a weight and a bias for each channel; default true. */
  readonly affine?: boolean;
  /** Of the parameters; default "float64". */
  readonly dtype?: DType;
}

/** The lengths of the last axes as a list. @throws RangeError unless they are whole numbers ≥ 1, at least one */
export function normalizedShapeOf(where: string, given: number | readonly number[]): readonly number[] {
  const shape = typeof given === "number" ? [given] : [...given];
  if (shape.length === 0)
    throw new RangeError(`${where}: normalizedShape is empty, expected the lengths of the last axes`);
  for (const [axis, n] of shape.entries()) expectCount(where, `normalizedShape[${axis}]`, n);
  return shape;
}

/**
 * The axes that are normalised together, the last ones, and those before them.
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

/**
 * The shape (N, groups, elements) in which a group is one row, that (1, C, 1, …) of what there is per channel, and all axes but C.
 * @throws ShapeError unless x is (N, C, …) with C channels and, all in all, more than one value in a group
 */
export function groupLayout(
  where: string,
  shape: readonly number[],
  groups: number,
  channels: number,
): { grouped: number[]; perChannel: number[]; axes: number[] } {
  expectArray(where, "x", shape);
  if (shape.length < 2 || shape[1] !== channels)
    throw new ShapeError(`${where}: x has shape ${formatShape(shape)}, expected (N, ${channels}, …)`);
  const n = shape[0] as number;
  const elements = sizeOf(shape.slice(1)) / groups;
  if (n * elements === 1)
    throw new ShapeError(
      `${where}: Expected more than 1 value per channel when training, got input size ${formatShape(shape)}; a group of one value is always normalised to 0: take fewer groups`,
    );
  return {
    grouped: [n, groups, elements],
    perChannel: shape.map((length, axis) => (axis === 1 ? length : 1)),
    axes: shape.map((_, axis) => axis).filter((axis) => axis !== 1),
  };
}

/** @throws RangeError unless both are whole numbers ≥ 1 and the groups share the channels evenly */
export function expectGroups(where: string, groups: number, channels: number): void {
  expectCount(where, "numGroups", groups);
  expectCount(where, "numChannels", channels);
  if (channels % groups === 0) return;
  throw new RangeError(
    `${where}: num_channels must be divisible by num_groups, got ${channels} channels in ${groups} groups`,
  );
}

/** @throws RangeError unless eps is a finite number ≥ 0 */
export function expectEps(where: string, eps: number): number {
  if (eps >= 0 && eps < Number.POSITIVE_INFINITY) return eps;
  throw new RangeError(`${where}: eps is ${eps}, expected a finite number >= 0`);
}
