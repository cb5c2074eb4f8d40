import { formatShape, ShapeError, sameShape } from "../np/index.ts";
import { expectArgument, functionOf } from "../np/internal.ts";
import { grad } from "./grad.ts";
import { type TensorLike, tensorOf } from "./pullback.ts";
import type { Tensor } from "./tensor.ts";

/**
 * H v with H = ∂²f/∂x∂x, without forming H: the gradient of ⟨∇f(x), v⟩. Costs a few gradients and
 * is exact to rounding.
 * Shapes: x and v (any, equal) → H v (the same); f maps x to a scalar.
 * The finite difference (∇f(x + εv) − ∇f(x − εv)) / 2ε costs two gradients and has an error of
 * order ε², plus rounding / ε.
 * @throws ShapeError unless v has x's shape
 * @see Pearlmutter, "Fast Exact Multiplication by the Hessian", Neural Computation 6 (1994);
 * `torch.autograd.functional.hvp`
 */
export function hessianVectorProduct(f: (x: Tensor) => Tensor, x: TensorLike, v: TensorLike): Tensor {
  expectArgument("hessianVectorProduct", "f", functionOf<typeof f>("a function of a tensor"), f);
  const [at, direction] = [tensorOf("hessianVectorProduct: x", x), tensorOf("hessianVectorProduct: v", v)];
  if (!sameShape(at.shape, direction.shape))
    throw new ShapeError(
      `hessianVectorProduct: v has shape ${formatShape(direction.shape)}, expected x's, ${formatShape(at.shape)}`,
    );
  return grad((inner: Tensor) => grad(f)(inner).mul(direction).sum())(at);
}
