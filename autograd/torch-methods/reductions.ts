import {
  type Axis,
  abs,
  argmin,
  equal,
  logsumexp,
  max,
  min,
  type NDArray,
  Operators,
  sqrt,
  var as variance,
  where,
} from "../../np/index.ts";
import { expectArgument, flag, integer, number, optional, orWord, settleOptions } from "../../np/internal.ts";
import type { Tensor } from "../tensor.ts";
import { PartMethods } from "./parts.ts";

/** What `max`, `min`, `sort`, `topk` and `median` find along one axis: the values, and their indices (int32). */
export interface ValuesAndIndices {
  readonly values: Tensor;
  readonly indices: Tensor;
}

export interface VarianceOptions {
  /** The sum of squares is divided by n − correction; default 1. NumPy's `var` has 0. */
  readonly correction?: number;
  /** Whether reduced axes stay with length 1; default false. */
  readonly keepdim?: boolean;
}

const order = orWord(number({ infinity: true }), "fro");

/** √x with slope 0 at 0, where the slope of √ is infinite. */
function root(x: Tensor): Tensor {
  const zero = equal(x, 0);
  return where(zero, 0, sqrt(where(zero, 1, x)));
}

/** PyTorch's methods that reduce axes to one number each; `sum`, `mean` and `argmax` are NumPy's too. */
export abstract class ReductionMethods extends PartMethods {
  /** The largest of all elements; with `dim`, the values and indices along it; with a tensor, the larger of both. NaN wins. */
  max(): Tensor;
  max(other: Tensor | NDArray): Tensor;
  max(dim: number, keepdim?: boolean): ValuesAndIndices;
  max(dim?: number | Tensor | NDArray, keepdim: boolean = false): Tensor | ValuesAndIndices {
    if (dim === undefined) return max(this.self(), null, keepdim);
    if (dim instanceof Operators) return this.maximum(dim);
    expectArgument("max", "dim", integer(), dim);
    return { values: max(this.self(), dim, keepdim), indices: this.argmax(dim, keepdim) };
  }
  /** The smallest of all elements; with `dim`, the values and indices along it; with a tensor, the smaller of both. NaN wins. */
  min(): Tensor;
  min(other: Tensor | NDArray): Tensor;
  min(dim: number, keepdim?: boolean): ValuesAndIndices;
  min(dim?: number | Tensor | NDArray, keepdim: boolean = false): Tensor | ValuesAndIndices {
    if (dim === undefined) return min(this.self(), null, keepdim);
    if (dim instanceof Operators) return this.minimum(dim);
    expectArgument("min", "dim", integer(), dim);
    return { values: min(this.self(), dim, keepdim), indices: this.argmin(dim, keepdim) };
  }
  /** The index of the first smallest along `dim` (default: in the flattened tensor), int32. */
  argmin(dim: number | null = null, keepdim: boolean = false): Tensor {
    return argmin(this.self(), dim, keepdim);
  }

  /** Σ (x − mean)² / (n − 1) over `dim` (default: all). NumPy's `var` divides by n: `{ correction: 0 }`. */
  var(dim: Axis = null, options: VarianceOptions = {}): Tensor {
    const { correction, keepdim } = settleOptions("var", varianceContract, options);
    const average = variance(this.self(), dim, keepdim);
    const n = this.numel() / average.numel();
    return average.mul(n / Math.max(n - correction, 0));
  }
  /** √ of `var`, with n − 1 too: √(Σ (x − mean)² / (n − 1)). NumPy's `std` divides by n: `{ correction: 0 }`. */
  std(dim: Axis = null, options: VarianceOptions = {}): Tensor {
    settleOptions("std", varianceContract, options);
    return root(this.var(dim, options));
  }
  /**
   * (Σ |x|ᵖ)^(1/p) over `dim` (default: all); "fro" is p = 2, Infinity the largest |x|, 0 the number of elements other than 0.
   * @example tensor([3, -4]).norm() // 5
   */
  norm(p: number | "fro" = "fro", dim: Axis = null, keepdim: boolean = false): Tensor {
    expectArgument("norm", "p", order, p);
    if (p === "fro" || p === 2) return root(this.square().sum(dim, keepdim));
    if (p === 0) return this.notEqual(0).sum(dim, keepdim).astype(this.dtype);
    const size = abs(this.self());
    if (p === 1) return size.sum(dim, keepdim);
    if (Number.isFinite(p))
      return size
        .pow(p)
        .sum(dim, keepdim)
        .pow(1 / p);
    const reduce = p > 0 ? max : min;
    if (dim === null || typeof dim === "number") return reduce(size, dim, keepdim);
    const axes = [...dim].sort((a, b) => (b < 0 ? b + this.ndim : b) - (a < 0 ? a + this.ndim : a));
    return axes.reduce((y, axis) => reduce(y, axis, keepdim), size);
  }
  /** log Σ eˣ over `dim`, without overflow; −Infinity if there are no elements. */
  logsumexp(dim: Axis, keepdim: boolean = false): Tensor {
    return logsumexp(this.self(), dim, keepdim);
  }
}

const varianceContract = {
  name: "var",
  positional: {},
  options: { correction: optional(number(), 1), keepdim: flag(false) },
};
