import type { DType } from "./dtype.ts";
import { markCopy } from "./package-copy.ts";
import { refusesBrackets, refusesOperators } from "./print/conversions.ts";
import { type Axis, resolveShape } from "./shape.ts";
import type { ConstantName, ConstantSignatures, Index, OpName, Signatures } from "./signatures.ts";

/**
 * The methods that arrays and tensors share: those whose name means the same in NumPy and in PyTorch.
 * A name with two meanings (var, max, equal, transpose, size …) is a method of each class, and a function of np for both.
 * `a + b` is `a.add(b)`, `a @ b` is `a.matmul(b)`, `a > 0` is `a.greater(0)`, `a[1:, 2]` is `a.slice([1], 2)`.
 * A class only defines how to `apply` a primitive and gets all of these methods, so a formula written
 * once runs on every kind of array. `Self` is the class itself; `Constant` is the other type allowed on
 * the right (a tensor also takes arrays).
 */
export abstract class Operators<Self, Constant = Self> {
  static {
    markCopy(Operators.prototype);
    refusesOperators(Operators.prototype);
    refusesBrackets(Operators.prototype);
  }

  abstract readonly shape: readonly number[];
  abstract readonly dtype: DType;
  /**
   * When kinds are mixed, the operand with the highest priority runs `apply` (NumPy's
   * `__array_priority__`).
   */
  abstract readonly priority: number;
  abstract apply<K extends OpName>(op: K, ...args: Signatures<Self | Constant>[K]): Self;
  abstract applyConstant<K extends ConstantName>(
    op: K,
    ...args: ConstantSignatures<Self | Constant>[K]
  ): Self;
  protected abstract self(): Self;

  get ndim(): number {
    return this.shape.length;
  }

  /**
   * a + b, with broadcasting.
   * @example array([[1, 2], [3, 4]]).add(array([10, 20])) // [[11, 22], [13, 24]]
   */
  add(b: Self | Constant | number): Self {
    return this.apply("add", this.self(), b);
  }
  /** a − b, with broadcasting. */
  sub(b: Self | Constant | number): Self {
    return this.apply("sub", this.self(), b);
  }
  /**
   * a · b element by element, with broadcasting.
   * @example array([1, 2]).mul(3) // [3, 6]
   */
  mul(b: Self | Constant | number): Self {
    return this.apply("mul", this.self(), b);
  }
  /** a / b, with broadcasting; integers give float64. */
  div(b: Self | Constant | number): Self {
    return this.apply("div", this.self(), b);
  }
  /** aᵇ, with broadcasting. @throws TypeError for integers to a negative power */
  pow(b: Self | Constant | number): Self {
    return this.apply("pow", this.self(), b);
  }
  /** −a. */
  neg(): Self {
    return this.apply("neg", this.self());
  }
  /**
   * The same values in another dtype; returns the array itself if it already has that dtype. Float
   * to integer truncates towards zero and wraps around; NaN and ±Infinity give 0 (undefined in
   * NumPy).
   */
  astype(dtype: DType): Self {
    return this.dtype === dtype ? this.self() : this.apply("astype", this.self(), dtype);
  }

  /**
   * a > b as a uint8 mask of 0 and 1.
   * @example array([-1, 0, 2]).greater(0) // [0, 0, 1]
   */
  greater(b: Self | Constant | number): Self {
    return this.applyConstant("greater", this.self(), b);
  }
  /** a ≥ b as a uint8 mask. */
  greaterEqual(b: Self | Constant | number): Self {
    return this.applyConstant("greaterEqual", this.self(), b);
  }
  /** a < b as a uint8 mask. */
  less(b: Self | Constant | number): Self {
    return this.applyConstant("less", this.self(), b);
  }
  /** a ≤ b as a uint8 mask. */
  lessEqual(b: Self | Constant | number): Self {
    return this.applyConstant("lessEqual", this.self(), b);
  }
  /** a ≠ b as a uint8 mask. */
  notEqual(b: Self | Constant | number): Self {
    return this.applyConstant("notEqual", this.self(), b);
  }

  /**
   * Σ over `axis` (default: all). Integers are summed in float64, exact up to 2⁵³.
   * @example array([[1, 2], [3, 4]]).sum(0) // [4, 6]
   */
  sum(axis: Axis = null, keepdims: boolean = false): Self {
    return this.apply("sum", this.self(), axis, keepdims);
  }
  /**
   * The average over `axis` (default: all).
   * @example array([[1, 2], [3, 4]]).mean(1, true) // [[1.5], [3.5]]
   */
  mean(axis: Axis = null, keepdims: boolean = false): Self {
    return this.apply("mean", this.self(), axis, keepdims);
  }
  /**
   * The index of the first largest along `axis` (default: in the flattened array), int32.
   * @example array([[1, 2], [4, 3]]).argmax(1) // [1, 0]
   */
  argmax(axis: number | null = null, keepdims: boolean = false): Self {
    return this.applyConstant("argmax", this.self(), axis, keepdims);
  }

  /**
   * a @ b: (…, N, K)·(…, K, M) → (…, N, M); leading axes broadcast. A vector is a row on the left, a column on the
   * right, and y loses that axis: (N, K)·(K,) → (N,), (K,)·(K,) → ().
   * @example array([[1, 2], [3, 4]]).matmul(array([[1], [1]])) // [[3], [7]]
   */
  matmul(b: Self | Constant): Self {
    return this.apply("matmul", this.self(), b);
  }
  /**
   * All axes reversed, as NumPy's `.T`.
   * @example array([[1, 2], [3, 4]]).T // [[1, 3], [2, 4]]
   */
  get T(): Self {
    return this.apply("transpose", this.self(), reversedAxes(this.ndim));
  }
  /** The last two axes swapped, as NumPy's `.mT`. */
  get mT(): Self {
    const axes = this.shape.map((_, axis) => axis);
    if (axes.length < 2) throw new RangeError(`mT: needs two axes or more, got ${axes.length}`);
    return this.apply("transpose", this.self(), [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
  }
  /**
   * The same elements in another shape; one -1 is inferred. `reshape(2, -1)` or `reshape([2, -1])`.
   * @example arange(6).reshape(2, -1) // [[0, 1, 2], [3, 4, 5]]
   */
  reshape(...shape: number[] | [shape: readonly number[]]): Self {
    const wanted = Array.isArray(shape[0]) && shape.length === 1 ? shape[0] : shape;
    return this.apply("reshape", this.self(), resolveShape("reshape", wanted as number[], this.shape));
  }
  /** Repeated along axes of length 1 and new leading axes, without copying. */
  broadcastTo(shape: readonly number[]): Self {
    return this.apply("broadcastTo", this.self(), shape);
  }
  /**
   * Part of the array: one entry per axis; an axis without one is kept whole. `x.slice([1, -1], 0, [null, null, 2])` is
   * `x[1:-1, 0, ::2]`, a view. An array is an entry as in NumPy: positions along an axis (-1 is the last), or a uint8
   * mask over as many axes as it has; arrays broadcast together, `p.slice(arange(N), y)`, and the result is a copy.
   * Backward: dx = dy at those places and 0 elsewhere; positions named twice are added.
   * @throws RangeError for an index that the axis does not have, ShapeError for a mask of another shape
   * @see NumPy reference, "Indexing on ndarrays"
   * @example arange(5).slice([1, -1]) // [1, 2, 3]
   * @example arange(5).mul(10).slice(array([4, 0, -2])) // [40, 0, 30]
   */
  slice(...index: Index<Self | Constant>[]): Self {
    return this.apply("slice", this.self(), index);
  }
}

function reversedAxes(ndim: number): number[] {
  return Array.from({ length: ndim }, (_, axis) => ndim - 1 - axis);
}
