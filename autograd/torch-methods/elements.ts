import {
  abs,
  erf,
  exp,
  expm1,
  log,
  logSoftmax,
  maximum,
  type NDArray,
  Operators,
  sigmoid,
  sign,
  softmax,
  sqrt,
  tanh,
} from "../../np/index.ts";
import { isFloat } from "../../np/internal.ts";
import type { Tensor } from "../tensor.ts";

/** What may stand on the right of an operation: an array is a constant. */
export type Operand = Tensor | NDArray | number;

/** PyTorch's methods that compute each element of the result from one element, or from one of each operand. */
export abstract class ElementMethods extends Operators<Tensor, NDArray> {
  /** eˣ. */
  exp(): Tensor {
    return exp(this.self());
  }
  /** eˣ − 1, exact near 0. */
  expm1(): Tensor {
    return expm1(this.self());
  }
  /** The natural logarithm; −Infinity at 0, NaN below. */
  log(): Tensor {
    return log(this.self());
  }
  /** √x; NaN below 0. */
  sqrt(): Tensor {
    return sqrt(this.self());
  }
  /** |x|. */
  abs(): Tensor {
    return abs(this.self());
  }
  /** −1, 0 or 1; without a gradient. */
  sign(): Tensor {
    return sign(this.self());
  }
  /** x². */
  square(): Tensor {
    return this.mul(this.self());
  }
  /** 1 / x; integers give float64. */
  reciprocal(): Tensor {
    return (isFloat(this.dtype) ? this.self() : this.astype("float64")).pow(-1);
  }
  /** 1 / (1 + e⁻ˣ), without overflow. */
  sigmoid(): Tensor {
    return sigmoid(this.self());
  }
  /** (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ). */
  tanh(): Tensor {
    return tanh(this.self());
  }
  /** The error function 2/√π ∫₀ˣ e^(−t²) dt. */
  erf(): Tensor {
    return erf(this.self());
  }
  /** max(x, 0), with slope 0 at 0. */
  relu(): Tensor {
    return maximum(this.self(), 0);
  }
  /**
   * eˣ / Σ eˣ along `dim`.
   * @example tensor([1, 2, 3]).softmax(0) // [0.09, 0.2447, 0.6652]
   */
  softmax(dim: number): Tensor {
    return softmax(this.self(), dim);
  }
  /** x − log Σ eˣ along `dim`: the logarithms of `softmax`. */
  logSoftmax(dim: number): Tensor {
    return logSoftmax(this.self(), dim);
  }
  /** The larger of both, element by element; NaN wins. */
  maximum(b: Operand): Tensor {
    return this.apply("maximum", this.self(), b);
  }
  /** The smaller of both, element by element; NaN wins. */
  minimum(b: Operand): Tensor {
    return this.apply("minimum", this.self(), b);
  }
  /**
   * At least `min` and at most `max`; null sets no limit. Where x is limited, its gradient is 0.
   * @throws TypeError without any limit
   * @example tensor([-2, 0.5, 2]).clamp(-1, 1) // [-1, 0.5, 1]
   */
  clamp(min: Operand | null = null, max: Operand | null = null): Tensor {
    if (min === null && max === null)
      throw new TypeError(
        "clamp: At least one of 'min' or 'max' must not be None: x.clamp(0), x.clamp(null, 1)",
      );
    const low = min === null ? this.self() : this.apply("where", this.less(min), min, this.self());
    return max === null ? low : low.apply("where", low.greater(max), max, low);
  }
}
