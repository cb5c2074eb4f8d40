import { contracts, type LinearOptions } from "../../contracts/index.ts";
import { expectFeatures, settle } from "../../contracts/internal.ts";
import { kaimingUniform } from "../../initialisers/index.ts";
import { biasUniform } from "../../initialisers/internal.ts";
import { Module, type Params } from "../module.ts";
import { Tensor } from "../tensor.ts";

/**
 * y = x Wᵀ + b.
 * Shapes: x (N, D), weight (M, D), bias (M,) → y (N, M). Any axes may stand in the place of N: (N, T, D) → (N, T, M), (D,) → (M,).
 * Defaults: bias true, dtype float64, both ~ U(−1/√D, 1/√D) from `rng`.
 * @throws ShapeError unless x ends in D, TypeError for integers
 * @see Goodfellow, Bengio, Courville, "Deep Learning", 2016, section 6.5; PyTorch's `torch.nn.Linear`
 */
export class Linear extends Module implements Params<"weight" | "bias"> {
  /** (M, D) */
  weight: Tensor;
  /** (M,) */
  bias: Tensor | null;

  constructor(inFeatures: number, outFeatures: number, options: LinearOptions = {}) {
    super();
    const { bias, rng, dtype } = settle(contracts.Linear, { inFeatures, outFeatures }, options);
    this.weight = new Tensor(
      kaimingUniform([outFeatures, inFeatures], { a: Math.sqrt(5), rng, dtype }),
      true,
    );
    this.bias = bias ? new Tensor(biasUniform(outFeatures, inFeatures, { rng, dtype }), true) : null;
  }

  forward(x: Tensor): Tensor {
    expectFeatures("Linear.forward", "x", x, this.weight.shape[1] as number);
    const y = x.matmul(this.weight.T); // (N, D)·(D, M) → (N, M)
    return this.bias ? y.add(this.bias) : y;
  }
}
