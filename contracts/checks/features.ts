import { type DType, formatShape, ShapeError, sizeOf } from "../../np/index.ts";
import { isFloat } from "../../np/internal.ts";
import { expectArray } from "./shapes.ts";

/** What a check reads of an array or a tensor. */
export interface Typed {
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** @throws TypeError for integers, such as pixels 0 … 255 that nobody scaled */
export function expectFloats(where: string, name: string, x: Typed): void {
  if (isFloat(x.dtype)) return;
  const remedy =
    x.dtype === "uint8"
      ? `; convert pixels first: ${name}.astype("float32").div(255)`
      : `, expected floats: ${name}.astype("float32")`;
  throw new TypeError(`${where}: ${name} is ${x.dtype}${remedy}`);
}

/**
 * @throws ShapeError unless x is (N, features), or has other axes before the features;
 * TypeError for integers; both messages say how to fix it
 */
export function expectFeatures(where: string, name: string, x: Typed, features: number): void {
  expectArray(where, name, x.shape);
  const { shape } = x;
  if (shape.at(-1) !== features) {
    const isImages = shape.length > 2 && sizeOf(shape.slice(1)) === features;
    const expected = `expected (${shape.length > 2 && !isImages ? "…" : "N"}, ${features})`;
    const remedy = `; flatten it first: ${name}.reshape(${shape[0]}, ${features}), or a Flatten layer`;
    throw new ShapeError(
      `${where}: ${name} has shape ${formatShape(shape)}, ${expected}${isImages ? remedy : ""}`,
    );
  }
  expectFloats(where, name, x);
}
