import { expectWord } from "../contracts/internal.ts";
import { formatShape, ShapeError, sizeOf } from "../np/index.ts";
import { shape as anyShape, expectArgument } from "../np/internal.ts";

/** The number of inputs to one output, and of outputs that one input reaches. */
export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/** Whether forward keeps the variance of the values, or backward that of the gradients. */
export type FanMode = "fanIn" | "fanOut";

/**
 * The fans of a weight with the outputs on its first axis: D and M for a `Linear` weight (M, D), in
 * / groups · ΠK and out · ΠK for a convolution (out, in / groups, …K). As in PyTorch, the fan-out
 * of a grouped convolution is not divided by its groups.
 * @throws ShapeError for fewer than two axes, and for a weight without elements
 * @see `torch.nn.init._calculate_fan_in_and_fan_out`
 */
export function fans(shape: readonly number[], where: string = "fans"): Fans {
  expectArgument(where, "shape", anyShape, shape);
  if (shape.length < 2) {
    throw new ShapeError(
      `${where}: a weight of shape ${formatShape(shape)} has no fan-in and fan-out; expected two axes or more (for a bias: biasUniform, constant)`,
    );
  }
  if (sizeOf(shape) === 0)
    throw new ShapeError(`${where}: a weight of shape ${formatShape(shape)} has no elements`);
  const [outputs, inputs] = shape as readonly [number, number];
  const kernel = sizeOf(shape.slice(2));
  return { fanIn: inputs * kernel, fanOut: outputs * kernel };
}

/** Returns the fan that `mode` names. @throws RangeError for an unknown mode */
export function fanOf(shape: readonly number[], mode: FanMode, where: string): number {
  expectWord(where, "mode", mode, ["fanIn", "fanOut"]);
  return fans(shape, where)[mode];
}
