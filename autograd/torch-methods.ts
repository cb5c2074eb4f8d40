import {
  type Axis,
  argmin,
  equal,
  max,
  min,
  type NDArray,
  Operators,
  sameShape,
  sizeOf,
  transpose,
  var as variance,
} from "../np/index.ts";
import {
  argument,
  describe,
  expectArgument,
  flag,
  integer,
  normalizeAxis,
  number,
  optional,
  settleOptions,
} from "../np/internal.ts";
import type { Tensor } from "./tensor.ts";

/** What `max` and `min` find along one axis: the values, and their indices (int32). */
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

/** The methods of PyTorch's tensors that NumPy's arrays do not have, or have with another meaning. */
export abstract class TorchMethods extends Operators<Tensor, NDArray> {
  /** The shape; with `dim`, the length of one axis. */
  size(): readonly number[];
  size(dim: number): number;
  size(dim?: number): readonly number[] | number {
    return dim === undefined ? this.shape : (this.shape[normalizeAxis("size", dim, this.ndim)] as number);
  }
  /** The number of elements. */
  numel(): number {
    return sizeOf(this.shape);
  }

  /** Two axes swapped. NumPy's `swapaxes`. @throws TypeError unless there are two numbers: `permute` takes all axes */
  transpose(dim0: number, dim1: number, ...more: never[]): Tensor {
    if (typeof dim0 !== "number" || typeof dim1 !== "number" || more.length > 0) {
      throw new TypeError(
        `transpose: a tensor's transpose swaps two axes, x.transpose(0, 1), got ${describe([dim0, dim1, ...more])}; permute takes all axes in the new order: x.permute(1, 0)`,
      );
    }
    const [from, to] = [
      normalizeAxis("transpose", dim0, this.ndim),
      normalizeAxis("transpose", dim1, this.ndim),
    ];
    return transpose(
      this.self(),
      this.shape.map((_, axis) => (axis === from ? to : axis === to ? from : axis)),
    );
  }

  /** Whether both have the same shape and the same elements. NumPy's `array_equal`; `eq` compares element by element. */
  equal(b: Tensor | NDArray): boolean {
    expectArgument(
      "equal",
      "b",
      argument("array", "a tensor or an array", (x) => x instanceof Operators),
      b,
    );
    return (
      sameShape(this.shape, b.shape) && min(equal<Tensor | NDArray>(this.self(), b) as Tensor).item() === 1
    );
  }

  /** The largest of all elements; with `dim`, the values and indices along it. NaN wins. */
  max(): Tensor;
  max(dim: number, keepdim?: boolean): ValuesAndIndices;
  max(dim?: number, keepdim: boolean = false): Tensor | ValuesAndIndices {
    if (dim === undefined) return max(this.self(), null, keepdim);
    expectArgument("max", "dim", integer(), dim);
    return { values: max(this.self(), dim, keepdim), indices: this.argmax(dim, keepdim) };
  }
  /** The smallest of all elements; with `dim`, the values and indices along it. NaN wins. */
  min(): Tensor;
  min(dim: number, keepdim?: boolean): ValuesAndIndices;
  min(dim?: number, keepdim: boolean = false): Tensor | ValuesAndIndices {
    if (dim === undefined) return min(this.self(), null, keepdim);
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
}

const varianceContract = {
  name: "var",
  positional: {},
  options: { correction: optional(number(), 1), keepdim: flag(false) },
};
