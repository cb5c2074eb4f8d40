import { contracts } from "../../contracts/index.ts";
import { settle } from "../../contracts/internal.ts";
import { concatenate, exp, log, type NDArray, ones, where } from "../../np/index.ts";
import { Layer, type Params } from "../layer.ts";

/**
 * The result of the lecture's `backward(label)`: the average loss, the accuracy,
 * and the gradients of both weights.
 */
type LectureGradients = [loss: number, accuracy: number, dW1: NDArray, dW2: NDArray];

/**
 * A faithful copy of the lecture's own NumPy class: two layers y = σ(W [x; 1]).
 * Samples are columns (elsewhere they are rows), and the bias is W's last column.
 * Shapes: W1 (H, D + 1), W2 (1, H + 1), x (D, N), label (1, N) → y (1, N).
 * Backward: takes the label, not dy, and averages dW over the samples; dx stays a sum.
 * @see CoE202, "Deep Learning with libraries", slide "PyTorch vs. Numpy": `nonlinear_classifier`
 */
export class NonlinearClassifier
  extends Layer<[x: NDArray], LectureGradients>
  implements Params<"W1" | "W2">
{
  W1: NDArray;
  W2: NDArray;
  dW1: NDArray | null = null;
  dW2: NDArray | null = null;
  #x1: NDArray | null = null;
  #x2: NDArray | null = null;
  #y2: NDArray | null = null;

  constructor(W1: NDArray, W2: NDArray) {
    super();
    settle(contracts.NonlinearClassifier, { W1, W2 }, {});
    this.W1 = W1;
    this.W2 = W2;
  }

  forward(x: NDArray): NDArray {
    const [y1] = this.forwardSingleLayer(this.W1, x);
    const [y2] = this.forwardSingleLayer(this.W2, y1);
    this.#x1 = x; // chalk: input of the 1st layer, the network's input
    this.#x2 = y1; // chalk: input of the 2nd layer, the output of the first
    this.#y2 = y2; // chalk: output of the network
    return y2;
  }

  backward(label: NDArray): LectureGradients {
    const [x1, x2, y] = [this.remembered(this.#x1), this.remembered(this.#x2), this.remembered(this.#y2)];
    const one = y.mul(0).add(1); // (1, N)
    const loss = label
      .mul(log(y))
      .add(one.sub(label).mul(log(one.sub(y))))
      .neg(); // (1, N)
    const right = where(label.equal(1), y.greater(0.5), y.lessEqual(0.5)); // (1, N); NaN is neither
    const accuracy = right.mean().item();
    const dLdy = y.sub(label).div(y.mul(one.sub(y))); // (1, N)
    const [dLdx2, dW2] = this.backwardSingleLayer(this.W2, x2, y, dLdy); // (H, N), (1, H + 1)
    const [, dW1] = this.backwardSingleLayer(this.W1, x1, x2, dLdx2); // (D, N), (H, D + 1)
    this.dW1 = dW1; // (H, D + 1)
    this.dW2 = dW2; // (1, H + 1)
    return [loss.mean().item(), accuracy, dW1, dW2]; // two numbers, (H, D + 1), (1, H + 1)
  }

  /** One layer forward: z = W [x; 1], y = σ(z). */
  forwardSingleLayer(W: NDArray, x: NDArray): [y: NDArray, z: NDArray] {
    const xPad = concatenate([x, ones([1, x.shape[1] as number], { dtype: x.dtype })]);
    const z = W.matmul(xPad);
    const y = exp(z.neg()).add(1).pow(-1);
    return [y, z];
  }

  /** One layer backward: dW is averaged over the samples, dx is not. */
  backwardSingleLayer(W: NDArray, x: NDArray, y: NDArray, dLdy: NDArray): [dLdx: NDArray, dLdW: NDArray] {
    const n = x.shape[1] as number;
    const dLdz = dLdy.mul(y).mul(y.neg().add(1)); // (H, N)
    const xPad = concatenate([x, ones([1, n], { dtype: x.dtype })]); // (D + 1, N)
    const dLdW = dLdz.matmul(xPad.T).div(n); // (H, N)·(N, D + 1) → (H, D + 1)
    const dLdx = W.slice(null, [0, -1]).T.matmul(dLdz); // (D, H)·(H, N) → (D, N)
    return [dLdx, dLdW]; // (D, N), (H, D + 1)
  }

  /** W ← W + dW: the caller multiplies the gradient by −lr, as on the slide. */
  update(dW1: NDArray, dW2: NDArray): void {
    this.W1 = this.W1.add(dW1);
    this.W2 = this.W2.add(dW2);
  }
}
