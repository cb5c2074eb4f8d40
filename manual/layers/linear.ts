import { contracts, type LinearOptions } from "../../contracts/index.ts";
import { expectFeatures, expectShape, settle } from "../../contracts/internal.ts";
import { kaimingUniform } from "../../initialisers/index.ts";
import { biasUniform } from "../../initialisers/internal.ts";
import type { NDArray } from "../../np/index.ts";
import { type InputGradientOptions, notComputed } from "../input-gradient-options.ts";
import { Layer, type Params } from "../layer.ts";

/**
 * y = x Wᵀ + b.
 * Shapes: x (N, D), weight (M, D), bias (M,) → y (N, M). Any axes may stand in the place of N: (N, T, D) → (N, T, M), (D,) → (M,).
 * Backward: dx = dy W, dW = dyᵀ x, db = Σ over rows of dy; `{ input: false }` skips dx.
 * Defaults: bias true, dtype float64, both ~ U(−1/√D, 1/√D) from `rng`.
 * @throws ShapeError unless x ends in D, TypeError for integers
 * @see Goodfellow, Bengio, Courville, "Deep Learning", 2016, section 6.5; PyTorch's `torch.nn.Linear`
 */
export class Linear extends Layer implements Params<"weight" | "bias"> {
  /** (M, D) */
  weight: NDArray;
  /** (M,) */
  bias: NDArray | null;
  dWeight: NDArray | null = null;
  dBias: NDArray | null = null;
  #x: NDArray | null = null;

  constructor(inFeatures: number, outFeatures: number, options: LinearOptions = {}) {
    super();
    const { bias, rng, dtype } = settle(contracts.Linear, { inFeatures, outFeatures }, options);
    this.weight = kaimingUniform([outFeatures, inFeatures], { a: Math.sqrt(5), rng, dtype });
    this.bias = bias ? biasUniform(outFeatures, inFeatures, { rng, dtype }) : null;
  }

  forward(x: NDArray): NDArray {
    expectFeatures("Linear.forward", "x", x, this.weight.shape[1] as number);
    this.#x = x; // chalk: backward needs it
    const y = x.matmul(this.weight.T); // (N, D)·(D, M) → (N, M)
    return this.bias ? y.add(this.bias) : y;
  }

  backward(dy: NDArray, { input = true }: InputGradientOptions = {}): NDArray {
    const x = this.remembered(this.#x); // (N, D)
    const [M, D] = this.weight.shape as [number, number];
    expectShape("Linear.backward", "dy", dy.shape, [...x.shape.slice(0, -1), M]);
    const [dY, X] = [dy.reshape(-1, M), x.reshape(-1, D)]; // one sample a row: (N, T, D) → (N·T, D)
    this.dWeight = dY.T.matmul(X); // (M, N)·(N, D) → (M, D)
    this.dBias = this.bias && dY.sum(0); // (N, M) → (M,)
    return input ? dy.matmul(this.weight) : notComputed(x); // (N, M)·(M, D) → (N, D)
  }
}
