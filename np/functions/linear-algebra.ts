/** Products of matrices. */
import { type Applies, leader } from "../leader.ts";
import type { Operators } from "../operators.ts";
import { sizeOf } from "../shape.ts";
import { moveaxis } from "./movement.ts";

/**
 * a @ b: (…, N, K)·(…, K, M) → (…, N, M); leading axes broadcast. A vector is a row on the left, a column on the right, and the
 * result loses that axis.
 * @throws ShapeError unless the inner lengths are equal, or one is a scalar
 * @example matmul(array([[1, 2], [3, 4]]), array([1, 1])) // [3, 7]
 */
export function matmul<A extends Applies<A>>(a: A, b: A): A {
  return leader<A>("matmul", a, b).apply("matmul", a, b);
}
/**
 * Σ a · b over the last axis of a and the last but one of b: the inner product of vectors, the
 * product of matrices; with a scalar, every element times it.
 * @example dot(array([1, 2]), array([3, 4])) // 11
 */
export function dot<A extends Operators<A>>(a: A, b: A): A {
  for (const x of [a, b]) leader<A>("dot", x);
  if (a.ndim === 0 || b.ndim === 0) return a.mul(b);
  if (b.ndim <= 2 && (a.ndim <= 2 || b.ndim === 1)) return matmul(a, b);
  const inner = a.shape.at(-1) as number;
  const first = moveaxis(b, -2, 0);
  const product = matmul(
    a.reshape(sizeOf(a.shape.slice(0, -1)), inner),
    first.reshape(first.shape[0] as number, sizeOf(first.shape.slice(1))),
  );
  return product.reshape([...a.shape.slice(0, -1), ...first.shape.slice(1)]);
}
/**
 * yᵢⱼ = aᵢ bⱼ of two vectors; other shapes are flattened first.
 * @example outer(array([1, 2]), array([3, 4, 5])) // [[3, 4, 5], [6, 8, 10]]
 */
export function outer<A extends Operators<A>>(a: A, b: A): A {
  for (const x of [a, b]) leader<A>("outer", x);
  return a.reshape(-1, 1).mul(b.reshape(1, -1));
}

/**
 * input + a · b for matrices a (N, D) and b (D, M); input is (M,), or any shape that broadcasts to
 * (N, M). It is a layer's x Wᵀ + b: the bias is added while the product is computed, without a pass
 * of its own.
 * @throws ShapeError unless both are matrices, their inner lengths are equal, and input broadcasts
 * @see PyTorch's `torch.addmm`
 */
export function addmm<A extends Applies<A>>(input: A, a: A, b: A): A {
  return leader<A>("addmm", input, a, b).apply("addmm", input, a, b);
}
