/** Lengths of vectors and sizes of matrices. */
import { describe } from "../arguments/describe.ts";
import { ShapeError } from "../errors.ts";
import { leader } from "../leader.ts";
import type { Operators } from "../operators.ts";
import { checkKeepdims, formatShape, normalizeAxes } from "../shape.ts";
import { equal } from "./comparisons.ts";
import { abs, where } from "./elementwise.ts";
import { max, min } from "./reductions.ts";
import { rootOfSquares } from "./root.ts";

/** Which norm: a number p, or "fro", the root of all squares. */
export type NormOrder = number | "fro";

/**
 * ‖x‖ = (Σ |x|ᵖ)^(1/p) over `axis`: p = `ord`, 2 if it is null. Of vectors also Infinity (the largest
 * |x|), −Infinity (the smallest) and 0 (how many are not 0). Two axes are those of matrices: "fro" or
 * null is the root of all squares, 1 the largest sum of a column's |x|, Infinity that of a row; −1 and
 * −Infinity the smallest. Without an axis: of a vector, of a matrix, or with `ord` null of all
 * elements. The derivative counts as 0 where the norm is 0. NumPy's `np.linalg.norm`.
 * @throws RangeError for the norms of matrices that need singular values: 2, −2, "nuc"
 * @example norm(array([[3, 4], [6, 8]]), null, 1) // [5, 10]
 */
export function norm<A extends Operators<A>>(
  x: A,
  ord: NormOrder | null = null,
  axis: number | readonly number[] | null = null,
  keepdims: boolean = false,
): A {
  leader<A>("norm", x);
  checkKeepdims("norm", keepdims);
  if (ord !== null && typeof ord !== "number" && ord !== "fro") throw unknownOrder(ord);
  const floats = x.dtype === "float32" || x.dtype === "float64" ? x : x.astype("float64");
  if (axis === null && (ord === null || (ord === "fro" && x.ndim === 2) || (ord === 2 && x.ndim === 1)))
    return rootOfSquares(floats.mul(floats).sum(null, keepdims));
  const axes = axis === null ? x.shape.map((_, i) => i) : normalizeAxes("norm", axis, x.ndim);
  if (axes.length === 1 && ord !== "fro") return vectorNorm(floats, ord ?? 2, axes[0] as number, keepdims);
  if (axes.length !== 2)
    throw new ShapeError(
      `norm: x has shape ${formatShape(x.shape)} and axis is ${describe(axis)}, ord ${describe(ord)}; expected one axis of vectors, or two of matrices`,
    );
  const given = Array.isArray(axis) ? axis.map((a) => (a < 0 ? a + x.ndim : a)) : axes;
  return matrixNorm(floats, ord ?? "fro", given as [number, number], keepdims);
}

function vectorNorm<A extends Operators<A>>(x: A, p: number, axis: number, keepdims: boolean): A {
  if (p === 2) return rootOfSquares(x.mul(x).sum(axis, keepdims));
  if (p === 0) return x.notEqual(0).astype(x.dtype).sum(axis, keepdims);
  const size = abs(x);
  if (p === 1) return size.sum(axis, keepdims);
  const all = x.ndim === 1 ? null : axis; // of all elements, equal ones share the gradient
  if (p === Number.POSITIVE_INFINITY) return max(size, all, keepdims);
  if (p === Number.NEGATIVE_INFINITY) return min(size, all, keepdims);
  if (p < 0)
    return size
      .pow(p)
      .sum(axis, keepdims)
      .pow(1 / p);
  const total = powerApartFromZero(size, p).sum(axis, keepdims);
  return powerApartFromZero(total, 1 / p);
}

/** x ** p for x ≥ 0, with derivative 0 at 0. */
function powerApartFromZero<A extends Operators<A>>(x: A, p: number): A {
  const none = equal(x, 0);
  return where(none, 0, where(none, 1, x).pow(p));
}

function matrixNorm<A extends Operators<A>>(
  x: A,
  ord: NormOrder,
  [rows, columns]: readonly [number, number],
  keepdims: boolean,
): A {
  if (ord === "fro") return rootOfSquares(x.mul(x).sum([rows, columns], keepdims));
  if (Math.abs(ord) !== 1 && Math.abs(ord) !== Number.POSITIVE_INFINITY) throw unknownOrder(ord);
  const [summed, chosen] = Math.abs(ord) === 1 ? [rows, columns] : [columns, rows];
  const sums = abs(x).sum(summed, true);
  const found = ord > 0 ? max(sums, chosen, true) : min(sums, chosen, true);
  return keepdims ? found : found.reshape(x.shape.filter((_, i) => i !== rows && i !== columns));
}

function unknownOrder(ord: unknown): RangeError {
  return new RangeError(
    `norm: ord is ${describe(ord)}; expected null, "fro", 1, -1, Infinity or -Infinity, and for vectors any number; the norms 2, -2 and "nuc" of matrices need singular values, which are not here`,
  );
}
