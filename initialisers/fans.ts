import { expectWord } from "../contracts/internal.ts";
import { formatShape, ShapeError, sizeOf } from "../np/index.ts";

/** How many numbers one output is made of, and how many outputs one input goes to. */
export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/** Which of the two keeps its variance: the values of forward, or the gradients of backward. */
export type FanMode = "fanIn" | "fanOut";

/**
 * The fans of a weight whose first axis is the outputs: (M, D) of `Linear` has D and M, (out, in / groups, …K) of a convolution has
 * in / groups · ΠK and out · ΠK. As in PyTorch the fan-out of a grouped convolution is not divided by its groups.
 * @throws ShapeError for fewer than two axes, and for a weight without elements
 * @see `torch.nn.init._calculate_fan_in_and_fan_out`
 */
export function fans(shape: readonly number[], where: string = "fans"): Fans {
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

/** One of the two fans. @throws RangeError for a word that is not a mode */
export function fanOf(shape: readonly number[], mode: FanMode, where: string): number {
  expectWord(where, "mode", mode, ["fanIn", "fanOut"]);
  return fans(shape, where)[mode];
}
