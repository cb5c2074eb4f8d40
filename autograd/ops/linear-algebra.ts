import { type Operators, sameShape, sizeOf, tril, triu } from "../../np/index.ts";
import { unbroadcast } from "./adjoints.ts";
import type { Ops } from "./vjp.ts";

/** x as it is or reshaped. */
function inShape<A extends Operators<A>>(x: A, shape: readonly number[]): A {
  return sameShape(x.shape, shape) ? x : x.reshape(shape);
}

/** All vectors along the last axis as the rows of one matrix. */
function asRows<A extends Operators<A>>(x: A): A {
  return x.reshape(sizeOf(x.shape.slice(0, -1)), x.shape.at(-1) ?? 1);
}

/**
 * The matrices of a @ b, and dy with the axes that y lost: a vector on the left is a row, on the right a column.
 * Several matrices times one are one product of all their rows.
 */
function asMatrices<A extends Operators<A>>(dy: A, a: A, b: A): readonly [dy: A, a: A, b: A] {
  if (b.ndim === 1) return asMatrices(dy.reshape([...dy.shape, 1]), a, b.reshape(-1, 1));
  if (a.ndim === 1) {
    const [batch, columns] = [dy.shape.slice(0, -1), dy.shape.slice(-1)];
    return [dy.reshape([...batch, 1, ...columns]), a.reshape(1, -1), b];
  }
  return a.ndim > 2 && b.ndim === 2 ? [asRows(dy), asRows(a), b] : [dy, a, b];
}

/** Products of matrices. */
// biome-ignore format: a sheet, one rule a line
export const linearAlgebra: Pick<Ops, "matmul" | "addmm" | "tril" | "triu"> = {
  // The second rule is aᵀ·dy, written so that the transpose of a transposed weight is contiguous.
  matmul: [(dy, a, b) => {
    const [g, left, right] = asMatrices(dy, a, b);
    return inShape(unbroadcast(g.matmul(right.mT), left), a.shape);
  }, (dy, a, b) => {
    const [g, left, right] = asMatrices(dy, a, b);
    return inShape(unbroadcast(g.mT.matmul(left).mT, right), b.shape);
  }],
  addmm: [(dy, input) => unbroadcast(dy, input),
          (dy, _input, a, b) => dy.matmul(b.mT).astype(a.dtype),
          (dy, _input, a, b) => dy.mT.matmul(a).mT.astype(b.dtype)],
  tril: [(dy, _x, k) => tril(dy, k)],
  triu: [(dy, _x, k) => triu(dy, k)],
};
