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

  /** The average of (x − its own mean)² over `axis` (default: all). */
  var(axis: Axis = null, keepdims: boolean = false): NDArray {
    return functions.var(this.self(), axis, keepdims);
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
}

/** `f(2, 0, 1)` and `f([2, 0, 1])` alike. */
function listed(given: number[] | [list: readonly number[]]): readonly number[] {
  return (typeof given[0] === "number" ? given : given[0]) as readonly number[];
}
