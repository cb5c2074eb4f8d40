import { formatShape, type NDArray, ShapeError } from "../../np/index.ts";
import { expectArgument } from "../../np/internal.ts";
import type { Tensor } from "../tensor.ts";
import { ArrangementMethods } from "./arrangement.ts";
import { tensorOrArray } from "./comparisons.ts";

/** PyTorch's products; `matmul` is NumPy's too. */
export abstract class ProductMethods extends ArrangementMethods {
  /** The product of two matrices, (N, K)·(K, M) → (N, M). */
  mm(b: Tensor | NDArray): Tensor {
    this.#expectAxes("mm", b, 2, 2);
    return this.matmul(b);
  }
  /** The products of two batches of matrices, (B, N, K)·(B, K, M) → (B, N, M). */
  bmm(b: Tensor | NDArray): Tensor {
    this.#expectAxes("bmm", b, 3, 3);
    if (this.shape[0] !== b.shape[0])
      throw new ShapeError(
        `bmm: batches of ${this.size(0)} and ${b.shape[0]} matrices; expected equal numbers`,
      );
    return this.matmul(b);
  }
  /** The product of a matrix and a vector, (N, K)·(K,) → (N,). */
  mv(b: Tensor | NDArray): Tensor {
    this.#expectAxes("mv", b, 2, 1);
    return this.matmul(b.reshape(-1, 1)).reshape(-1);
  }
  /** Σ a · b of two vectors. @throws ShapeError for anything but two vectors of one length */
  dot(b: Tensor | NDArray): Tensor {
    this.#expectAxes("dot", b, 1, 1);
    return this.apply("vecdot", this.self(), b, -1, false);
  }
  /** aᵢ · bⱼ of two vectors, (N,) and (M,) → (N, M). */
  outer(b: Tensor | NDArray): Tensor {
    this.#expectAxes("outer", b, 1, 1);
    return this.reshape(-1, 1).mul(b);
  }

  #expectAxes(where: string, b: Tensor | NDArray, mine: number, its: number): void {
    expectArgument(where, "b", tensorOrArray, b);
    if (this.ndim === mine && b.ndim === its) return;
    throw new ShapeError(
      `${where}: shapes ${formatShape(this.shape)} and ${formatShape(b.shape)}; expected ${mine} and ${its} axes; matmul takes batches`,
    );
  }
}
