import { formatShape, NDArray, ShapeError, sameShape } from "../../np/index.ts";
import { twoCopies } from "../../np/internal.ts";
import { expectArray } from "../checks/shapes.ts";

/** Targets are constants: arrays on both sides. @throws TypeError for anything but an array */
export function expectTarget(where: string, target: unknown): asserts target is NDArray {
  if (target instanceof NDArray) return;
  const remedy = Array.isArray(target)
    ? "np.array(list) makes one from a list"
    : (twoCopies(target) ?? "for a tensor, pass target.data");
  throw new TypeError(`${where}: target is not an NDArray; ${remedy}`);
}

/**
 * @throws ShapeError unless input and target have the same shape;
 * broadcasting would silently average the wrong pairs
 */
export function expectSameShape(where: string, input: readonly number[], target: NDArray): void {
  expectArray(where, "input", input);
  expectTarget(where, target);
  if (sameShape(input, target.shape)) return;
  const remedy =
    input.length === 2 && input[1] === 1 && target.ndim === 1
      ? "; target.reshape(-1, 1) makes it a column"
      : "";
  throw new ShapeError(
    `${where}: target has shape ${formatShape(target.shape)}, input ${formatShape(input)}; they must be equal${remedy}`,
  );
}

/** @throws RangeError for an element outside 0 … 1, NaN included */
export function expectProbabilities(
  where: string,
  name: string,
  x: NDArray | { readonly data: NDArray },
): void {
  const values = x instanceof NDArray ? x : x.data;
  for (const [i, value] of values.flat().entries()) {
    if (!(value >= 0 && value <= 1)) {
      throw new RangeError(
        `${where}: ${name} holds ${value} (element ${i}), expected probabilities in 0 … 1`,
      );
    }
  }
}

/** @throws RangeError for a negative element, NaN included */
export function expectNonNegative(where: string, name: string, x: NDArray): void {
  for (const [i, value] of x.flat().entries()) {
    if (value >= 0) continue;
    throw new RangeError(
      `${where}: ${name} holds ${value} (element ${i}), expected probabilities >= 0; if it holds their logarithms, pass logTarget: true`,
    );
  }
}

/** @throws RangeError for a target that is neither 1 (the two are alike) nor −1 (they differ) */
export function expectSigns(where: string, target: NDArray): void {
  for (const [i, value] of target.flat().entries()) {
    if (value === 1 || value === -1) continue;
    throw new RangeError(
      `${where}: target holds ${value} (element ${i}), expected 1 for alike or -1 for different; for labels 0 and 1, pass target.mul(2).sub(1)`,
    );
  }
}
