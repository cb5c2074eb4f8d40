/** Products of matrices. */
import { type Applies, leader } from "../leader.ts";

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
