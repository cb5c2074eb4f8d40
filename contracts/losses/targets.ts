import { formatShape, NDArray, Operators, ShapeError, sameShape } from "../../np/index.ts";
import { twoCopies } from "../../np/internal.ts";
import type { Typed } from "../checks/features.ts";
import { expectArray } from "../checks/shapes.ts";
import { type Valued, valuesOf } from "../checks/values.ts";

/** @throws TypeError unless the target is an array or, for a tensor x, a tensor */
export function expectTarget(where: string, x: Typed, target: unknown): asserts target is Valued {
  if (target instanceof NDArray) return;
  if (!(target instanceof Operators)) {
    const remedy = twoCopies(target) ?? "np.array(list) makes one from a list";
    throw new TypeError(`${where}: target is not an NDArray; ${remedy}`);
  }
  if (x instanceof NDArray)
    throw new TypeError(
      `${where}: target is not an NDArray; chalk's targets are constants: pass target.data`,
    );
}

/**
 * @throws ShapeError unless input and target have the same shape;
 * broadcasting would silently average the wrong pairs
 */
export function expectSameShape(where: string, x: Typed, target: Valued): void {
  const input = x.shape;
  expectArray(where, "input", input);
  expectTarget(where, x, target);
  if (sameShape(input, target.shape)) return;
  const remedy =
    input.length === 2 && input[1] === 1 && target.shape.length === 1
      ? "; target.reshape(-1, 1) makes it a column"
      : "";
  throw new ShapeError(
    `${where}: target has shape ${formatShape(target.shape)}, input ${formatShape(input)}; they must be equal${remedy}`,
  );
}

/** @throws RangeError for an element outside 0 … 1, NaN included */
export function expectProbabilities(where: string, name: string, x: Valued): void {
  for (const [i, value] of valuesOf(x).flat().entries()) {
    if (!(value >= 0 && value <= 1)) {
      throw new RangeError(
        `${where}: ${name} holds ${value} (element ${i}), expected probabilities in 0 … 1`,
      );
    }
  }
}

/** @throws RangeError for a negative element, NaN included */
export function expectNonNegative(where: string, name: string, x: Valued): void {
  for (const [i, value] of valuesOf(x).flat().entries()) {
    if (value >= 0) continue;
    throw new RangeError(
      `${where}: ${name} holds ${value} (element ${i}), expected probabilities >= 0; if it holds their logarithms, pass logTarget: true`,
    );
  }
}

/** @throws RangeError for a target that is neither 1 (the two are alike) nor −1 (they differ) */
export function expectSigns(where: string, target: Valued): void {
  for (const [i, value] of valuesOf(target).flat().entries()) {
    if (value === 1 || value === -1) continue;
    throw new RangeError(
      `${where}: target holds ${value} (element ${i}), expected 1 for alike or -1 for different; for labels 0 and 1, pass target.mul(2).sub(1)`,
    );
  }
}
