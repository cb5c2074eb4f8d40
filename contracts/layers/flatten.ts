import { formatShape, sizeOf } from "../../np/index.ts";
import { type Contract, integer, type None, optional } from "../../np/internal.ts";
import { expectArray } from "../checks/shapes.ts";

export interface FlattenOptions {
  /** The first of the axes to merge; default 1. */
  readonly startDim?: number;
  /** The last of the axes to merge; default -1, the last of x. */
  readonly endDim?: number;
}

export const Flatten: Contract<None, FlattenOptions> = {
  name: "Flatten",
  positional: {},
  options: { startDim: optional(integer(), 1), endDim: optional(integer(), -1) },
};

/**
 * The shape with the axes start … end, both included, merged into one.
 * @throws RangeError for an axis that does not exist, or an end before the start
 */
export function flattened(where: string, shape: readonly number[], start: number, end: number): number[] {
  expectArray(where, "x", shape);
  const axis = (name: string, given: number): number => {
    if (Number.isInteger(given) && given >= -shape.length && given < shape.length)
      return given < 0 ? given + shape.length : given;
    throw new RangeError(
      `${where}: Dimension out of range: ${name} is ${given}, x has shape ${formatShape(shape)}, expected -${shape.length} … ${shape.length - 1}`,
    );
  };
  const [first, last] = [axis("startDim", start), axis("endDim", end)];
  if (first > last) {
    throw new RangeError(
      `${where}: flatten() has invalid args: start_dim cannot come after end_dim: startDim is axis ${first}, endDim axis ${last} of ${formatShape(shape)}`,
    );
  }
  return [...shape.slice(0, first), sizeOf(shape.slice(first, last + 1)), ...shape.slice(last + 1)];
}
