import { contracts } from "../../contracts/index.ts";
import { settle } from "../../contracts/internal.ts";
import { concatenate, exp, ones } from "../../np/index.ts";
import { Module, type Params } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * The lecture's own NumPy class on tape: two layers y = σ(W [x; 1]), forward only.
 * Samples are columns (elsewhere they are rows), and the bias is W's last column.
 * Shapes: W1 (H, D + 1), W2 (1, H + 1), x (D, N) → y (1, N).
 * @see CoE202, "Deep Learning with libraries", slide "PyTorch vs. Numpy": `nonlinear_classifier`
 */
export class NonlinearClassifier extends Module implements Params<"W1" | "W2"> {
  W1: Tensor;
  W2: Tensor;

  constructor(W1: Tensor, W2: Tensor) {
    super();
    settle(contracts.NonlinearClassifier, { W1, W2 }, {});
    this.W1 = W1;
    this.W2 = W2;
  }

  forward(x: Tensor): Tensor {
    const [y1] = this.forwardSingleLayer(this.W1, x);
    const [y2] = this.forwardSingleLayer(this.W2, y1);
    return y2;
  }

  /** One layer forward: z = W [x; 1], y = σ(z). */
  forwardSingleLayer(W: Tensor, x: Tensor): [y: Tensor, z: Tensor] {
    const xPad = concatenate([x, ones([1, x.shape[1] as number], { dtype: x.dtype })]);
    const z = W.matmul(xPad);
    const y = exp(z.neg()).add(1).pow(-1);
    return [y, z];
  }
}
