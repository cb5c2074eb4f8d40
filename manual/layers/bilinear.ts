import { contracts, type LinearOptions } from "../../contracts/index.ts";
import { expectPairs, expectShape, settle } from "../../contracts/internal.ts";
import { biasUniform } from "../../initialisers/internal.ts";
import type { NDArray } from "../../np/index.ts";
import { Layer, type Params } from "../layer.ts";

/**
 * yₘ = x₁ᵀ Wₘ x₂ + bₘ: a linear map of all products of one feature of x₁ and one of x₂.
 * Shapes: x1 (N, D), x2 (N, E), weight (M, D, E), bias (M,) → y (N, M). Any axes may stand in the place of N.
 * Backward: dx₁ = Σₘ dyₘ Wₘ x₂, dx₂ = Σₘ dyₘ Wₘᵀ x₁, dWₘ = Σ over rows of dyₘ x₁ x₂ᵀ,
 * db = Σ over rows of dy; returns [dx1, dx2].
 * Defaults: bias true, dtype float64, both ~ U(−1/√D, 1/√D) from `rng`.
 * @throws ShapeError unless x1 ends in D, x2 in E, and the axes before them are equal; TypeError for integers
 * @see Tenenbaum, Freeman, "Separating Style and Content with Bilinear Models", 2000, section 2; PyTorch's `torch.nn.Bilinear`
 */
export class Bilinear
  extends Layer<[x1: NDArray, x2: NDArray], [dx1: NDArray, dx2: NDArray]>
  implements Params<"weight" | "bias">
{
  /** (M, D, E) */
  weight: NDArray;
  /** (M,) */
  bias: NDArray | null;
  dWeight: NDArray | null = null;
  dBias: NDArray | null = null;
  #x1: NDArray | null = null;
  #x2: NDArray | null = null;
  #products: NDArray | null = null;

  constructor(in1Features: number, in2Features: number, outFeatures: number, options: LinearOptions = {}) {
    super();
    const given = { in1Features, in2Features, outFeatures };
    const { bias, rng, dtype } = settle(contracts.Bilinear, given, options);
    const bound = 1 / Math.sqrt(in1Features);
    this.weight = rng.uniform(-bound, bound, [outFeatures, in1Features, in2Features], { dtype });
    this.bias = bias ? biasUniform(outFeatures, in1Features, { rng, dtype }) : null;
  }

  forward(x1: NDArray, x2: NDArray): NDArray {
    const [outFeatures, in1Features, in2Features] = this.weight.shape as [number, number, number];
    expectPairs("Bilinear.forward", x1, x2, this.weight.shape);
    const products = x1.reshape(-1, in1Features, 1).mul(x2.reshape(-1, 1, in2Features));
    this.#x1 = x1; // chalk: backward needs it
    this.#x2 = x2; // chalk: backward needs it
    this.#products = products; // chalk: backward needs it
    const rows = products.reshape(-1, in1Features * in2Features);
    const product = rows.matmul(this.weight.reshape(outFeatures, -1).T); // (N, D·E)·(D·E, M) → (N, M)
    const y = product.reshape([...x1.shape.slice(0, -1), outFeatures]);
    return this.bias ? y.add(this.bias) : y;
  }

  backward(dy: NDArray): [dx1: NDArray, dx2: NDArray] {
    const [x1, x2] = [this.remembered(this.#x1), this.remembered(this.#x2)]; // (N, D), (N, E)
    const products = this.remembered(this.#products); // (N, D, E)
    const [m, d, e] = this.weight.shape as [number, number, number];
    expectShape("Bilinear.backward", "dy", dy.shape, [...x1.shape.slice(0, -1), m]);
    const dY = dy.reshape(-1, m); // one sample a row: (N, T, M) → (N·T, M)
    this.dWeight = dY.T.matmul(products.reshape(-1, d * e)).reshape(m, d, e); // (M, N)·(N, D·E) → (M, D, E)
    this.dBias = this.bias && dY.sum(0); // (N, M) → (M,)
    const dProducts = dY.matmul(this.weight.reshape(m, d * e)).reshape(-1, d, e); // (N, M)·(M, D·E) → (N, D, E)
    const dx1 = dProducts
      .mul(x2.reshape(-1, 1, e))
      .sum(2)
      .reshape(x1.shape); // (N, D, E) → (N, D)
    const dx2 = dProducts
      .mul(x1.reshape(-1, d, 1))
      .sum(1)
      .reshape(x2.shape); // (N, D, E) → (N, E)
    return [dx1, dx2]; // (N, D), (N, E)
  }
}
