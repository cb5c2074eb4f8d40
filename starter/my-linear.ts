import { Layer } from "chalk-and-tape/manual";
import type { NDArray, Random } from "chalk-and-tape/np";

/** y = x Wᵀ + b for N samples: x is (N, D), y is (N, M). */
export class MyLinear extends Layer {
  weight: NDArray; // (M, D)
  bias: NDArray | null; // (M,)
  dWeight: NDArray | null = null;
  dBias: NDArray | null = null;
  #x: NDArray | null = null;

  constructor(
    inFeatures: number,
    outFeatures: number,
    { rng, bias = true }: { rng: Random; bias?: boolean },
  ) {
    super();
    const k = 1 / Math.sqrt(inFeatures);
    this.weight = rng.uniform(-k, k, [outFeatures, inFeatures]);
    this.bias = bias ? rng.uniform(-k, k, [outFeatures]) : null;
  }

  forward(x: NDArray): NDArray {
    this.#x = x; // backward needs it
    const y = x.matmul(this.weight.T); // (N, D)·(D, M) → (N, M)
    return this.bias ? y.add(this.bias) : y;
  }

  // Your task: one of these three gradients is wrong. `npm run check` says which, and what it looks like.
  backward(dy: NDArray): NDArray {
    const x = this.remembered(this.#x);
    this.dWeight = dy.T.matmul(x); // (M, N)·(N, D) → (M, D)
    this.dBias = this.bias && dy.mean(0); // (N, M) → (M,)
    return dy.matmul(this.weight); // (N, M)·(M, D) → (N, D)
  }
}
