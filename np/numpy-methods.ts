import type { DeviationOptions } from "./functions/index.ts";
import * as functions from "./functions/index.ts";
import type { NDArray } from "./ndarray.ts";
import { Operators } from "./operators.ts";
import { type Axis, sizeOf } from "./shape.ts";

/** The methods of NumPy's arrays that PyTorch's tensors do not have, or have with another meaning. */
export abstract class NumpyMethods extends Operators<NDArray> {
  /** The number of elements. */
  get size(): number {
    return sizeOf(this.shape);
  }

  /** a = b as a uint8 mask; NaN equals nothing. NumPy's `a == b`. */
  equal(b: NDArray | number): NDArray {
    return functions.equal(this.self(), b);
  }

  /** Σ (x − mean)² / (n − ddof) over `axis` (default: all). */
  var(axis: Axis = null, keepdims: boolean = false, options: DeviationOptions = {}): NDArray {
    return functions.var(this.self(), axis, keepdims, options);
  }
  /**
   * The largest along `axis` (default: of all); NaN wins.
   * @example array([[1, 2], [4, 3]]).max(1) // [2, 4]
   */
  max(axis: number | null = null, keepdims: boolean = false): NDArray {
    return functions.max(this.self(), axis, keepdims);
  }
  /** The smallest along `axis` (default: of all); NaN wins. */
  min(axis: number | null = null, keepdims: boolean = false): NDArray {
    return functions.min(this.self(), axis, keepdims);
  }
  /** The index of the first smallest along `axis` (default: in the flattened array), int32. */
  argmin(axis: number | null = null, keepdims: boolean = false): NDArray {
    return functions.argmin(this.self(), axis, keepdims);
  }

  /**
   * Axes in a new order (default: reversed): `transpose(2, 0, 1)` or `transpose([2, 0, 1])`.
   * @example zeros([2, 3, 4]).transpose(2, 0, 1).shape // [4, 2, 3]
   */
  transpose(...axes: number[] | [axes: readonly number[]]): NDArray {
    return functions.transpose(this.self(), axes.length > 0 ? listed(axes) : undefined);
  }
  /** Two axes swapped. */
  swapaxes(axis1: number, axis2: number): NDArray {
    return functions.swapaxes(this.self(), axis1, axis2);
  }
  /**
   * Without axes of length 1: all of them, or those of `axis`.
   * @example zeros([1, 3, 1]).squeeze(0).shape // [3, 1]
   */
  squeeze(axis: Axis = null): NDArray {
    return functions.squeeze(this.self(), axis);
  }
  /** All elements in one axis, in row-major order: a view if they are in order in memory. */
  ravel(): NDArray {
    return functions.ravel(this.self());
  }
  /** The elements x[…, i, …, i + offset, …] of two axes (default: the first two), as a new last axis. */
  diagonal(offset: number = 0, axis1: number = 0, axis2: number = 1): NDArray {
    return functions.diagonal(this.self(), offset, axis1, axis2);
  }
  /** Σ of a diagonal. */
  trace(offset: number = 0, axis1: number = 0, axis2: number = 1): NDArray {
    return functions.trace(this.self(), offset, axis1, axis2);
  }
  /** The inner product of vectors, the product of matrices; see the function `dot`. */
  dot(b: NDArray): NDArray {
    return functions.dot(this.self(), b);
  }

  /** Whether any element along `axis` (default: of all) is not 0, as 0 or 1. */
  any(axis: Axis = null, keepdims: boolean = false): NDArray {
    return functions.any(this.self(), axis, keepdims);
  }
  /** Whether all elements along `axis` (default: all) are not 0, as 0 or 1. */
  all(axis: Axis = null, keepdims: boolean = false): NDArray {
    return functions.all(this.self(), axis, keepdims);
  }
  /** √ of `var` over `axis` (default: all). */
  std(axis: Axis = null, keepdims: boolean = false, options: DeviationOptions = {}): NDArray {
    return functions.std(this.self(), axis, keepdims, options);
  }
  /** Π over `axis` (default: all). */
  prod(axis: Axis = null, keepdims: boolean = false): NDArray {
    return functions.prod(this.self(), axis, keepdims);
  }
  /** The sums of all elements up to each one, along `axis` (default: of the flattened array). */
  cumsum(axis: number | null = null): NDArray {
    return functions.cumsum(this.self(), axis);
  }
  /** The products of all elements up to each one, along `axis` (default: of the flattened array). */
  cumprod(axis: number | null = null): NDArray {
    return functions.cumprod(this.self(), axis);
  }
  /** The indices that put the elements in ascending order along `axis`, int32. */
  argsort(axis: number | null = -1): NDArray {
    return functions.argsort(this.self(), axis);
  }
  /** The positions of the elements that are not 0: for each axis, an int32 vector. */
  nonzero(): NDArray[] {
    return functions.nonzero(this.self());
  }
  /** The elements within bounds; null is no bound. */
  clip(min: number | null, max: number | null = null): NDArray {
    return functions.clip(this.self(), min, max);
  }
  /** Rounded to `decimals`; halves go to the even neighbour. */
  round(decimals: number = 0): NDArray {
    return functions.round(this.self(), decimals);
  }
  /** The elements at `indices` along `axis` (default: in the flattened array). */
  take(indices: unknown, axis: number | null = null): NDArray {
    return functions.take(this.self(), indices, axis);
  }
  /** Each element `repeats` times in a row along `axis` (default: of the flattened array). */
  repeat(repeats: number | readonly number[], axis: number | null = null): NDArray {
    return functions.repeat(this.self(), repeats, axis);
  }
}

/** `f(2, 0, 1)` and `f([2, 0, 1])` alike. */
function listed(given: number[] | [list: readonly number[]]): readonly number[] {
  return (typeof given[0] === "number" ? given : given[0]) as readonly number[];
}
