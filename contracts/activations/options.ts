import { type DType, formatShape, ShapeError } from "../../np/index.ts";

export interface PReLUOptions {
  /** What every slope starts as; default 0.25. */
  readonly init?: number;
  /** Of the slopes; default "float64". */
  readonly dtype?: DType;
}

export interface GELUOptions {
  /** "none" is exact, "tanh" the approximation of the time when erf was slow; default "none". */
  readonly approximate?: "none" | "tanh";
}

/** α and λ of `SELU`, for which mean 0 and variance 1 are a fixed point: PyTorch's digits, from the paper's authors. */
export const seluAlpha: number = 1.6732632423543772;
export const seluScale: number = 1.0507009873554805;

/**
 * The shape in which (C,) numbers stand along axis 1 of x: (C, 1, 1) for images (N, C, H, W). One number is for all.
 * @throws ShapeError unless x has C channels
 */
export function perChannel(where: string, count: number, shape: readonly number[]): number[] {
  if (count === 1) return [1];
  if (shape[1] === count) return [count, ...shape.slice(2).map(() => 1)];
  throw new ShapeError(
    `${where}: x has shape ${formatShape(shape)}, expected (N, ${count}, …), since numParameters is ${count}; Mismatch of parameter numbers and input channel size`,
  );
}

/** @throws TypeError for anything but a whole number: PyTorch's guess of the axis has been wrong for too many */
export function expectDim(where: string, dim: number): void {
  if (Number.isInteger(dim)) return;
  throw new TypeError(
    `${where}: dim is ${dim}, expected the axis along which y is one distribution: new ${where}(1) for rows of logits`,
  );
}

/** @throws RangeError for an axis that the shape does not have */
export function expectAxis(where: string, dim: number, shape: readonly number[]): void {
  if (dim >= -shape.length && dim < shape.length) return;
  const range = `[${-shape.length}, ${shape.length - 1}]`;
  throw new RangeError(
    `${where}: x has shape ${formatShape(shape)}; Dimension out of range (expected to be in range of ${range}, but got ${dim})`,
  );
}
