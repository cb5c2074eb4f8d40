import {
  type Axis,
  all,
  any,
  argmin,
  logsumexp,
  max,
  min,
  type NDArray,
  norm,
  normalizeAxes,
  Operators,
  prod,
  sizeOf,
  std,
  transpose,
  var as variance,
} from "../../np/index.ts";
import {
  argument,
  boolean,
  expectArgument,
  flag,
  integer,
  number,
  optional,
  orWord,
  type Required,
  reducedShape,
  settleOptions,
} from "../../np/internal.ts";
import type { Tensor } from "../tensor.ts";
import { PartMethods } from "./parts.ts";
import { ValuesAndIndices } from "./values-and-indices.ts";

export interface VarianceOptions {
  /** The sum of squares is divided by n − correction; default 1. NumPy's `var` has 0. */
  readonly correction?: number;
  /** Whether reduced axes stay with length 1; default false. */
  readonly keepdim?: boolean;
}

const isNumber = (x: unknown): boolean => typeof x === "number";
const anyAxes: Required<Axis> = argument(
  "list",
  "an axis, a list of axes, or null for all",
  (x) => x === null || isNumber(x) || (Array.isArray(x) && x.every(isNumber)),
);
const order = orWord(number({ infinity: true }), "fro");

/** PyTorch's methods that reduce axes to one number each; `sum`, `mean` and `argmax` are NumPy's too. */
export abstract class ReductionMethods extends PartMethods {
  /** The largest of all elements; with `dim`, the values and indices along it; with a tensor, the larger of both. NaN wins. */
  max(): Tensor;
  max(other: Tensor | NDArray): Tensor;
  max(dim: number, keepdim?: boolean): ValuesAndIndices;
  max(dim?: number | Tensor | NDArray, keepdim?: boolean): Tensor | ValuesAndIndices;
  max(dim?: number | Tensor | NDArray, keepdim: boolean = false): Tensor | ValuesAndIndices {
    if (dim === undefined) return max(this.self(), null, keepdim);
    if (dim instanceof Operators) return this.maximum(dim);
    expectArgument("max", "dim", integer(), dim);
    return new ValuesAndIndices(max(this.self(), dim, keepdim), this.argmax(dim, keepdim));
  }
  /** The smallest of all elements; with `dim`, the values and indices along it; with a tensor, the smaller of both. NaN wins. */
  min(): Tensor;
  min(other: Tensor | NDArray): Tensor;
  min(dim: number, keepdim?: boolean): ValuesAndIndices;
  min(dim?: number | Tensor | NDArray, keepdim?: boolean): Tensor | ValuesAndIndices;
  min(dim?: number | Tensor | NDArray, keepdim: boolean = false): Tensor | ValuesAndIndices {
    if (dim === undefined) return min(this.self(), null, keepdim);
    if (dim instanceof Operators) return this.minimum(dim);
    expectArgument("min", "dim", integer(), dim);
    return new ValuesAndIndices(min(this.self(), dim, keepdim), this.argmin(dim, keepdim));
  }
  /** The index of the first smallest along `dim` (default: in the flattened tensor), int32. */
  argmin(dim: number | null = null, keepdim: boolean = false): Tensor {
    return argmin(this.self(), dim, keepdim);
  }

  /** Σ (x − mean)² / (n − 1) over `dim` (default: all). NumPy's `var` divides by n: `{ correction: 0 }`. */
  var(dim: Axis = null, options: VarianceOptions = {}): Tensor {
    const { correction, keepdim } = settleOptions("var", varianceContract, options);
    return variance(this.self(), dim, keepdim, { ddof: correction });
  }
  /** √ of `var`, with n − 1 too: √(Σ (x − mean)² / (n − 1)). NumPy's `std` divides by n: `{ correction: 0 }`. */
  std(dim: Axis = null, options: VarianceOptions = {}): Tensor {
    const { correction, keepdim } = settleOptions("std", varianceContract, options);
    return std(this.self(), dim, keepdim, { ddof: correction });
  }
  /**
   * (Σ |x|ᵖ)^(1/p) over `dim` (default: all); "fro" is p = 2, Infinity the largest |x|, 0 the number of elements other than 0.
   * @example tensor([3, -4]).norm() // 5
   */
  norm(p: number | "fro" = "fro", dim: Axis = null, keepdim: boolean = false): Tensor {
    expectArgument("norm", "p", order, p);
    expectArgument("norm", "keepdim", boolean, keepdim);
    const axes = normalizeAxes("norm", dim, this.ndim);
    const kept = this.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
    const lengths = [kept, axes].map((list) => list.map((axis) => this.size(axis))) as [number[], number[]];
    const lanes = transpose(this.self(), [...kept, ...axes]).reshape([...lengths[0], sizeOf(lengths[1])]);
    return norm(lanes, p === "fro" ? 2 : p, -1).reshape(reducedShape(this.shape, axes, keepdim));
  }
  /** The product over `dim` (default: all). Integers are multiplied in float64. */
  prod(dim: Axis = null, keepdim: boolean = false): Tensor {
    return prod(this.self(), dim, keepdim);
  }
  /** Whether all elements over `dim` (default: all) are not 0, as 0 or 1. */
  all(dim: Axis = null, keepdim: boolean = false): Tensor {
    return all(this.self(), dim, keepdim);
  }
  /** Whether any element over `dim` (default: all) is not 0, as 0 or 1. */
  any(dim: Axis = null, keepdim: boolean = false): Tensor {
    return any(this.self(), dim, keepdim);
  }
  /** log Σ eˣ over `dim`, without overflow; −Infinity if there are no elements. */
  logsumexp(dim: Axis, keepdim: boolean = false): Tensor {
    expectArgument("logsumexp", "dim", anyAxes, dim);
    return logsumexp(this.self(), dim, keepdim);
  }
}

const varianceContract = {
  name: "var",
  positional: {},
  options: { correction: optional(number(), 1), keepdim: flag(false) },
};
