import { type DType, formatShape, ShapeError, sizeOf } from "../../np/index.ts";
import { atLeastZero, type Contract, count, flag, floatType } from "../../np/internal.ts";
import { expectArray } from "../checks/shapes.ts";

export interface GroupNormOptions {
  /** Added to the variance before the root, ≥ 0; default 1e-5. */
  readonly eps?: number;
  /** Whether there are a weight and a bias for each channel; default true. */
  readonly affine?: boolean;
  /** The dtype of the parameters; default "float64". */
  readonly dtype?: DType;
}

export const GroupNorm: Contract<{ numGroups: number; numChannels: number }, GroupNormOptions> = {
  name: "GroupNorm",
  positional: { numGroups: count(), numChannels: count() },
  options: { eps: atLeastZero(1e-5), affine: flag(true), dtype: floatType() },
  refuse: ({ numGroups, numChannels }) =>
    numChannels % numGroups === 0
      ? null
      : `num_channels must be divisible by num_groups, got ${numChannels} channels in ${numGroups} groups`,
};

/**
 * The shape (N, groups, elements) with one row per group, the shape (1, C, 1, …) of arrays with one
 * number per channel, and all axes but C.
 * @throws ShapeError unless x is (N, C, …) with C channels and more than one value per group
 * over all samples
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
      `${where}: Expected more than 1 value per channel when training, got input size ${formatShape(shape)}; a group of one value is always normalised to 0: use fewer groups`,
    );
  return {
    grouped: [n, groups, elements],
    perChannel: shape.map((length, axis) => (axis === 1 ? length : 1)),
    axes: shape.map((_, axis) => axis).filter((axis) => axis !== 1),
  };
}
