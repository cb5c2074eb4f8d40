import { type NDArray, sigmoid } from "../../np/index.ts";
import { Layer } from "../layer.ts";

/**
 * y = x · σ(x), with σ(x) = 1 / (1 + e⁻ˣ); also called swish.
 * Shapes: x (any) → y (the same).
 * Backward: dx = dy · σ (1 + x (1 − σ)).
 * @see Elfwing, Uchibe, Doya, "Sigmoid-Weighted Linear Units for Neural Network Function Approximation", Neural Networks 107 (2018)
 */
export class SiLU extends Layer {
  #x: NDArray | null = null;

  forward(x: NDArray): NDArray {
    this.#x = x; // chalk: backward needs it
    return x.mul(sigmoid(x));
  }

  backward(dy: NDArray): NDArray {
    const x = this.remembered(this.#x, dy);
    const s = sigmoid(x);
    const slope = s.mul(x.mul(s.neg().add(1)).add(1)); // σ + x σ′
    return dy.mul(slope); // shape of x
  }
}
