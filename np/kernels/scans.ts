import { describe } from "../arguments/describe.ts";
import { floating, promote } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { NDArray } from "../ndarray.ts";
import { checkArray } from "../operand.ts";
import {
  type Axis,
  byPosition,
  checkKeepdims,
  formatShape,
  normalizeAxes,
  reducedShape,
  sameShape,
  sizeOf,
} from "../shape.ts";
import { transpose } from "./movement.ts";

/** Integers are multiplied in float64. */
export function prod(x: NDArray, axis: Axis, keepdims: boolean): NDArray {
  checkArray("prod", x);
  checkKeepdims("prod", keepdims);
  const axes = normalizeAxes("prod", axis, x.ndim);
  const kept = x.shape.map((_, i) => i).filter((i) => !axes.includes(i));
  const rows = transpose(x, [...kept, ...axes]).flat();
  const out = NDArray.unfilled(reducedShape(x.shape, axes, keepdims), floating(x.dtype));
  const data = out.flat();
  const length = sizeOf(axes.map((i) => x.shape[i] as number));
  for (let row = 0, i = 0; row < data.length; row++) {
    let product = 1;
    for (const end = i + length; i < end; i++) product *= rows[i] as number;
    data[row] = product;
  }
  return out;
}

/** Sums are kept in float64. */
export function cumsum(x: NDArray, axis: number): NDArray {
  checkArray("cumsum", x);
  const { outer, length, inner } = lanesOf("cumsum", x.shape, axis);
  const out = NDArray.unfilled(x.shape, floating(x.dtype));
  const [from, to] = [x.flat(), out.flat()];
  for (let o = 0; o < outer; o++)
    for (let j = 0; j < inner; j++) {
      let total = 0;
      for (let l = 0, i = o * length * inner + j; l < length; l++, i += inner)
        to[i] = total += from[i] as number;
    }
  return out;
}

/** yᵢ = aᵢ yᵢ₋₁ + bᵢ, with y₀ = b₀. */
export function linearRecurrence(a: NDArray, b: NDArray, axis: number): NDArray {
  for (const x of [a, b]) checkArray("linearRecurrence", x);
  if (!sameShape(a.shape, b.shape))
    throw new ShapeError(
      `linearRecurrence: shapes ${formatShape(a.shape)} and ${formatShape(b.shape)} must be equal`,
    );
  const { outer, length, inner } = lanesOf("linearRecurrence", a.shape, axis);
  const out = NDArray.unfilled(a.shape, floating(promote(a.dtype, b.dtype)));
  const [factors, terms, to] = [a.flat(), b.flat(), out.flat()];
  for (let o = 0; o < outer; o++)
    for (let j = 0; j < inner; j++) {
      let y = 0;
      for (let l = 0, i = o * length * inner + j; l < length; l++, i += inner) {
        y = l === 0 ? (terms[i] as number) : (factors[i] as number) * y + (terms[i] as number);
        to[i] = y;
      }
    }
  return out;
}

/** The length of one axis, and the sizes before and after it. */
function lanesOf(
  op: string,
  shape: readonly number[],
  axis: number,
): { readonly outer: number; readonly length: number; readonly inner: number } {
  if (typeof axis !== "number")
    throw new TypeError(`${op}: axis is ${describe(axis)}; expected one whole number${byPosition(axis)}`);
  if (shape.length === 0 && (axis === 0 || axis === -1)) return { outer: 1, length: 1, inner: 1 };
  const [along] = normalizeAxes(op, axis, shape.length) as [number];
  return {
    outer: sizeOf(shape.slice(0, along)),
    length: shape[along] as number,
    inner: sizeOf(shape.slice(along + 1)),
  };
}
