import { contracts } from "../../contracts/index.ts";
import { settle } from "../../contracts/internal.ts";
import { erf, exp, type NDArray, tanh } from "../../np/index.ts";
import { Layer } from "../layer.ts";

/**
 * y = x · Φ(x), with the normal distribution function Φ(x) = (1 + erf(x / √2)) / 2; "tanh":
 * y = x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2.
 * Shapes: x (any) → y (the same).
 * Backward: dx = dy · (Φ + x φ), φ = e^(−x²/2) / √(2π); "tanh", with t = tanh(u): dx = dy · ((1 + t) + x (1 − t²) u′) / 2.
 * Defaults: approximate "none".
 * @throws RangeError for any word other than "none" or "tanh"
 * @see Hendrycks and Gimpel, "Gaussian Error Linear Units (GELUs)", 2016, section 2
 */
export class GELU extends Layer {
  readonly approximate: "none" | "tanh";
  #x: NDArray | null = null;

  constructor(approximate?: "none" | "tanh") {
    super();
    this.approximate = settle(contracts.GELU, { approximate }, {}).approximate;
  }

  forward(x: NDArray): NDArray {
    this.#x = x; // chalk: backward needs it
    if (this.approximate === "none") return x.mul(erf(x.div(Math.SQRT2)).add(1)).div(2);
    const cubic = x.mul(x).mul(x).mul(0.044715);
    const u = x.add(cubic).mul(Math.sqrt(2 / Math.PI));
    return x.mul(tanh(u).add(1)).div(2);
  }

  backward(dy: NDArray): NDArray {
    const x = this.remembered(this.#x, dy);
    const square = x.mul(x);
    if (this.approximate === "none") {
      const cumulative = erf(x.div(Math.SQRT2)).add(1).div(2); // Φ
      const density = exp(square.div(-2)).div(Math.sqrt(2 * Math.PI)); // φ = Φ′
      return dy.mul(cumulative.add(x.mul(density))); // shape of x
    }
    const scale = Math.sqrt(2 / Math.PI);
    const t = tanh(x.add(square.mul(x).mul(0.044715)).mul(scale));
    const inner = square.mul(0.134145).add(1).mul(scale); // u′, with 0.134145 = 3 · 0.044715
    const slope = t.mul(t).neg().add(1).mul(inner); // t′ = (1 − t²) u′
    return dy.mul(t.add(1).add(x.mul(slope)).div(2)); // shape of x
  }
}
