import { seluAlpha, seluScale } from "../../contracts/internal.ts";
import { exp, expm1, type NDArray, where } from "../../np/index.ts";
import { Layer } from "../layer.ts";

/**
 * y = λ α (eˣ − 1) where x ≤ 0, else λ x, with λ = 1.0507… and α = 1.6733…,
 * chosen so that mean 0 and variance 1 are a fixed point.
 * Shapes: x (any) → y (the same).
 * Backward: dx = dy · λ α eˣ where x ≤ 0, else dy · λ; at x = 0 that is λ α dy, at NaN λ dy, as in PyTorch.
 * @see Klambauer et al., "Self-Normalizing Neural Networks", NIPS 2017, eq. 2 and 14
 */
export class SELU extends Layer {
  #x: NDArray | null = null;

  forward(x: NDArray): NDArray {
    this.#x = x; // chalk: backward needs it
    const negative = where(x.lessEqual(0), x, 0); // the exponential of a large x would overflow
    return where(x.lessEqual(0), expm1(negative).mul(seluAlpha), x).mul(seluScale);
  }

  backward(dy: NDArray): NDArray {
    const x = this.remembered(this.#x, dy);
    const negative = where(x.lessEqual(0), x, 0);
    return where(x.lessEqual(0), dy.mul(exp(negative)).mul(seluAlpha), dy).mul(seluScale); // shape of x
  }
}
