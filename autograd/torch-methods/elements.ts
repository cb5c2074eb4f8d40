import {
  abs,
  arccos,
  arcsin,
  arctan,
  cos,
  cosh,
  erf,
  exp,
  expm1,
  log,
  log1p,
  log2,
  log10,
  logSoftmax,
  maximum,
  type NDArray,
  Operators,
  sigmoid,
  sign,
  sin,
  sinh,
  softmax,
  sqrt,
  tan,
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
  /** log(1 + x), exact near 0. */
  log1p(): Tensor {
    return log1p(this.self());
  }
  /** The logarithm to base 2. */
  log2(): Tensor {
    return log2(this.self());
  }
  /** The logarithm to base 10. */
  log10(): Tensor {
    return log10(this.self());
  }
  /** The natural logarithm; −Infinity at 0, NaN below. */
  log(): Tensor {
    return log(this.self());
  }
  /** √x; NaN below 0. */
  sqrt(): Tensor {
    return sqrt(this.self());
  }
  /** 1 / √x. */
  rsqrt(): Tensor {
    return this.sqrt().reciprocal();
  }
  /** |x|. */
  abs(): Tensor {
    return abs(this.self());
  }
  /** −1, 0 or 1; without a gradient. NaN stays NaN; PyTorch gives 0. */
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
  /** The sine of x in radians. */
  sin(): Tensor {
    return sin(this.self());
  }
  /** The cosine of x in radians. */
  cos(): Tensor {
    return cos(this.self());
  }
  /** The tangent of x in radians. */
  tan(): Tensor {
    return tan(this.self());
  }
  /** The arc sine in radians. NumPy's `arcsin`. */
  asin(): Tensor {
    return arcsin(this.self());
  }
  /** The arc cosine in radians. NumPy's `arccos`. */
  acos(): Tensor {
    return arccos(this.self());
  }
  /** The arc tangent in radians. NumPy's `arctan`. */
  atan(): Tensor {
    return arctan(this.self());
  }
  /** (eˣ − e⁻ˣ) / 2. */
  sinh(): Tensor {
    return sinh(this.self());
  }
  /** (eˣ + e⁻ˣ) / 2. */
  cosh(): Tensor {
    return cosh(this.self());
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
}
