import { type DType, formatShape, ShapeError } from "../../np/index.ts";
import { type Contract, count, finite, floatType, optional } from "../../np/internal.ts";

export interface PReLUOptions {
  /** The initial value of every slope; default 0.25. */
  readonly init?: number;
  /** The dtype of the slopes; default "float64". */
  readonly dtype?: DType;
}

export const PReLU: Contract<{ numParameters?: number }, PReLUOptions> = {
  name: "PReLU",
  positional: { numParameters: optional(count(), 1) },
  options: { init: finite(0.25), dtype: floatType() },
};

/**
 * The shape that puts (C,) numbers along axis 1 of x: (C, 1, 1) for images (N, C, H, W).
 * A single number serves all elements.
 * @throws ShapeError unless x has C channels
 */
export function perChannel(where: string, count: number, shape: readonly number[]): number[] {
  if (count === 1) return [];
  if (shape[1] === count) return [count, ...shape.slice(2).map(() => 1)];
  throw new ShapeError(
    `${where}: x has shape ${formatShape(shape)}, expected (N, ${count}, …), since numParameters is ${count}; Mismatch of parameter numbers and input channel size`,
  );
}
