import { contracts, type LinearOptions } from "../../contracts/index.ts";
import { expectPairs, settle } from "../../contracts/internal.ts";
import { biasUniform } from "../../initialisers/internal.ts";
import { Module, type Params } from "../module.ts";
import { Tensor } from "../tensor.ts";

/**
 * yₘ = x₁ᵀ Wₘ x₂ + bₘ: a linear map of all products of one feature of x₁ and one of x₂.
 * Shapes: x1 (N, D), x2 (N, E), weight (M, D, E), bias (M,) → y (N, M). Any axes may stand in the place of N.
 * Defaults: bias true, dtype float64, both ~ U(−1/√D, 1/√D) from `rng`.
 * @throws ShapeError unless x1 ends in D, x2 in E, and the axes before them are equal; TypeError for integers
 * @see Tenenbaum, Freeman, "Separating Style and Content with Bilinear Models", 2000, section 2; PyTorch's `torch.nn.Bilinear`
 */
export class Bilinear extends Module<[x1: Tensor, x2: Tensor]> implements Params<"weight" | "bias"> {
  /** (M, D, E) */
  weight: Tensor;
  /** (M,) */
  bias: Tensor | null;

  constructor(in1Features: number, in2Features: number, outFeatures: number, options: LinearOptions = {}) {
    super();
    const given = { in1Features, in2Features, outFeatures };
    const { bias, rng, dtype } = settle(contracts.Bilinear, given, options);
    const bound = 1 / Math.sqrt(in1Features);
    const weight = rng.uniform(-bound, bound, [outFeatures, in1Features, in2Features], { dtype });
    this.weight = new Tensor(weight, true);
    this.bias = bias ? new Tensor(biasUniform(outFeatures, in1Features, { rng, dtype }), true) : null;
  }

  forward(x1: Tensor, x2: Tensor): Tensor {
    const [outFeatures, in1Features, in2Features] = this.weight.shape as [number, number, number];
    expectPairs("Bilinear.forward", x1, x2, this.weight.shape);
    const products = x1.reshape(-1, in1Features, 1).mul(x2.reshape(-1, 1, in2Features));
    const rows = products.reshape(-1, in1Features * in2Features);
    const product = rows.matmul(this.weight.reshape(outFeatures, -1).T); // (N, D·E)·(D·E, M) → (N, M)
    const y = product.reshape([...x1.shape.slice(0, -1), outFeatures]);
    return this.bias ? y.add(this.bias) : y;
  }
}
