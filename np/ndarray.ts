import ndarray, { type NdArray } from "ndarray";
import { describe } from "./arguments/describe.ts";
import { engine } from "./current-engine.ts";
import { checkFits, type DType, dtypeOf, isFloat, type TypedArray } from "./dtype.ts";
import { ShapeError } from "./errors.ts";
// A deliberate circular import: arrays look up their kernels here, and kernels create arrays.
// Neither uses the other while loading.
import { kernels, setElements } from "./kernels/index.ts";
import { NumpyMethods } from "./numpy-methods.ts";
import { checkArray } from "./operand.ts";
import { formatArray, titleOf } from "./print/array-text.ts";
import { printsItsText } from "./print/conversions.ts";
import { checkShape, contiguousStrides, formatShape, sameShape, sizeOf } from "./shape.ts";
import type { ConstantName, ConstantSignatures, Index, OpName, Signatures } from "./signatures.ts";

/** Numbers nested as deep as the array has axes. */
export type Nested = number | boolean | readonly Nested[];

/** The memory behind an array and all its views, with a count of the in-place changes made to it. */
export interface Storage {
  readonly data: TypedArray;
  version: number;
}

/**
 * An n-dimensional array: a typed buffer with a shape and strides (an `ndarray` view). Methods
 * return new arrays or views. Only `set`, `addInPlace`, `copyFrom` and the optimizers' update kernels
 * change an array in place, and they increment its `version`.
 * @see Harris et al., "Array programming with NumPy", Nature 585 (2020)
 */
export class NDArray extends NumpyMethods {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly priority: number = 0;
  readonly strides: readonly number[];
  readonly offset: number;
  readonly #storage: Storage;
  /** Set by `pinned`: the version that a read expects. */
  #pin: { readonly version: number; readonly onChange: (now: number) => Error } | null = null;

  constructor(storage: Storage, shape: readonly number[], strides?: readonly number[], offset: number = 0) {
    super();
    checkLayout(storage, shape, strides, offset);
    this.dtype = dtypeOf(storage.data);
    this.shape = shape;
    this.strides = strides ?? contiguousStrides(shape);
    this.offset = offset;
    this.#storage = storage;
  }

  /** Wraps existing memory without copying it. @throws ShapeError when the lengths differ */
  static from(data: TypedArray, shape: readonly number[] = [data?.length]): NDArray {
    dtypeOf(data);
    checkShape("NDArray.from", shape);
    if (sizeOf(shape) !== data.length) {
      throw new ShapeError(`NDArray.from: ${data.length} element(s) do not fill shape ${formatShape(shape)}`);
    }
    return new NDArray({ data, version: 0 }, shape.slice());
  }

  /** A new array of zeros. */
  static empty(shape: readonly number[], dtype: DType): NDArray {
    checkShape("NDArray.empty", shape);
    return NDArray.from(engine().allocate(dtype, sizeOf(shape)), shape);
  }

  /** A new array with uninitialised contents, for a kernel that overwrites all of it. */
  static unfilled(shape: readonly number[], dtype: DType): NDArray {
    checkShape("NDArray.unfilled", shape);
    return new NDArray({ data: engine().reserve(dtype, sizeOf(shape)), version: 0 }, shape.slice());
  }

  /** The underlying memory, shared by all views. Read only. */
  get data(): TypedArray {
    if (this.#pin && this.#pin.version !== this.#storage.version)
      throw this.#pin.onChange(this.#storage.version);
    return this.#storage.data;
  }
  /** The same memory as an `ndarray`, for code that works on those. */
  get view(): NdArray<TypedArray> {
    return ndarray(this.data, [...this.shape], [...this.strides], this.offset);
  }
  /** The number of in-place changes to the memory; all views share it. */
  get version(): number {
    return this.#storage.version;
  }
  get isContiguous(): boolean {
    let step = 1;
    for (let axis = this.shape.length - 1; axis >= 0; axis--) {
      const n = this.shape[axis] as number;
      if (n !== 1 && this.strides[axis] !== step) return this.size === 0;
      step *= n;
    }
    return true;
  }

  /**
   * The same array, but its values can be read only while the memory is still at `version`. Its
   * shape can always be read.
   */
  pinned(version: number, onChange: (now: number) => Error): NDArray {
    if (typeof version !== "number" || typeof onChange !== "function")
      throw new TypeError(
        `pinned: got ${describe(version)} and ${describe(onChange)}; expected a version and a function that returns an error`,
      );
    const pinned = this.viewAs(this.shape, this.strides, this.offset);
    pinned.#pin = { version, onChange };
    return pinned;
  }

  /** Another view of the same memory. */
  viewAs(shape: readonly number[], strides: readonly number[], offset: number): NDArray {
    if (strides === undefined || offset === undefined)
      throw new TypeError("viewAs: expected a shape, strides and an offset");
    const view = new NDArray(this.#storage, shape, strides, offset);
    view.#pin = this.#pin;
    return view;
  }

  apply<K extends OpName>(op: K, ...args: Signatures<NDArray>[K]): NDArray {
    const kernel = kernels[op] as ((...args: Signatures<NDArray>[K]) => NDArray) | undefined;
    return kernel ? kernel(...args) : unknownOp(op);
  }
  applyConstant<K extends ConstantName>(op: K, ...args: ConstantSignatures<NDArray>[K]): NDArray {
    const kernel = kernels[op] as ((...args: ConstantSignatures<NDArray>[K]) => NDArray) | undefined;
    return kernel ? kernel(...args) : unknownOp(op);
  }
  protected self(): NDArray {
    return this;
  }

  /**
   * The elements in row-major order: the memory itself if it is already in that order, else a copy.
   * Read only.
   */
  flat(): TypedArray {
    const { data } = this;
    if (!this.isContiguous) return this.copy().flat();
    const { offset, size } = this;
    return offset === 0 && data.length === size ? data : (data.subarray(offset, offset + size) as TypedArray);
  }

  /** A contiguous copy with its own memory. */
  copy(): NDArray {
    const copy = NDArray.unfilled(this.shape, this.dtype);
    engine().assign(copy, this);
    return copy;
  }

  /** this ← this + scale · x, in place, for optimizers. @throws ShapeError unless shapes are equal */
  addInPlace(x: NDArray, scale: number = 1): this {
    checkArray("addInPlace", x);
    if (typeof scale !== "number")
      throw new TypeError(`addInPlace: scale is ${describe(scale)}; expected a number`);
    checkFits("addInPlace", scale, this.dtype);
    if (isFloat(x.dtype) && !isFloat(this.dtype)) {
      throw new TypeError(
        `addInPlace: ${x.dtype} does not fit dtype ${this.dtype}; convert the array first: x.astype("float64")`,
      );
    }
    const values = this.#apart(x).flat();
    engine().addInPlace(this.writable("addInPlace", x), values, scale);
    return this;
  }

  /** this ← x, in place, converting the dtype. @throws ShapeError unless shapes are equal */
  copyFrom(x: NDArray): this {
    checkArray("copyFrom", x);
    const source = this.#apart(x);
    this.writable("copyFrom", x);
    engine().assign(this, source);
    return this;
  }

  /**
   * this[index] ← value, in place, broadcast and converted to this dtype; the index is that of `slice`. NumPy's
   * `x[i, j] = value` is `x.set(value, i, j)`, and `x[mask] = 0` is `x.set(0, mask)`. Positions named twice keep the last.
   * @throws ShapeError for a value that does not broadcast, TypeError for a number that the dtype cannot hold
   * @example
   * const x = zeros([2, 2]);
   * x.set(5, 0, 1);
   * x // [[0, 5], [0, 0]]
   */
  set(value: NDArray | number, ...index: Index<NDArray>[]): this {
    setElements(this, value instanceof NDArray ? this.#apart(value) : value, index);
    this.#storage.version++;
    return this;
  }

  /**
   * x, or a copy if it shares this memory: writing could change its elements before they are read.
   */
  #apart(x: NDArray): NDArray {
    return x.data.buffer === this.data.buffer ? x.copy() : x;
  }

  /**
   * A contiguous array's memory, for a kernel that is about to change it; increments the version.
   */
  writable(where: string, like: NDArray): TypedArray {
    checkArray(where, like);
    if (!sameShape(this.shape, like.shape)) {
      throw new ShapeError(
        `${where}: an array of shape ${formatShape(this.shape)} cannot take one of shape ${formatShape(like.shape)}`,
      );
    }
    if (!this.isContiguous)
      throw new TypeError(`${where}: only a contiguous array can be changed in place; x.copy() makes one`);
    const data = this.flat();
    this.#storage.version++;
    return data;
  }

  /** The one element of an array of size 1, or the element at an index. */
  item(...index: number[]): number {
    const wrong = index.find((i) => typeof i !== "number");
    if (wrong !== undefined)
      throw new TypeError(`item: an index is ${describe(wrong)}; expected whole numbers: x.item(0, 1)`);
    const at = index.length > 0 ? this.slice(...index) : (this as NDArray);
    if (at.size !== 1)
      throw new ShapeError(`item: expected one element, but shape ${formatShape(at.shape)} has ${at.size}`);
    return at.data[at.offset] as number;
  }

  /** Nested JavaScript numbers; a plain number for a scalar. */
  toArray(): Nested {
    const flat = this.flat();
    let next = 0;
    const build = (axis: number): Nested =>
      axis === this.ndim
        ? (flat[next++] as number)
        : Array.from({ length: this.shape[axis] as number }, () => build(axis + 1));
    return build(0);
  }
  /** `toArray`, by NumPy's name. */
  tolist(): Nested {
    return this.toArray();
  }
  /** All elements in one axis, in row-major order: always a copy. `flat` gives the numbers themselves. */
  flatten(): NDArray {
    return this.copy().reshape(-1);
  }

  /**
   * What `JSON.stringify` writes: the numbers alone, nested. NaN and infinities become null, as everywhere in JSON.
   * @example JSON.stringify({ w: array([[1, 2]]) }) // "{\"w\":[[1, 2]]}"
   */
  toJSON(): Nested {
    return this.toArray();
  }

  /** The dtype, the shape, and the numbers as NumPy prints them; `setPrintOptions` says how many. */
  override toString(): string {
    return formatArray(this);
  }

  static {
    printsItsText(NDArray.prototype, (x) => `${titleOf(x)} …`);
  }
}

/** @throws TypeError unless memory, shape and strides can be those of an array; numbers are not compared with the memory's length */
function checkLayout(storage: Storage, shape: unknown, strides: unknown, offset: unknown): void {
  const fits = (list: unknown): boolean => {
    if (!Array.isArray(list)) return false;
    for (let axis = 0; axis < list.length; axis++) if (!Number.isInteger(list[axis])) return false;
    return true;
  };
  if (storage && fits(shape) && (strides === undefined || fits(strides)) && Number.isInteger(offset)) return;
  throw new TypeError(
    `NDArray: storage is ${describe(storage)}, shape ${describe(shape)}, strides ${describe(strides)}, offset ${describe(offset)}; expected { data, version }, two lists of whole numbers and a whole number; np.array makes an array from a list`,
  );
}

function unknownOp(op: unknown): never {
  throw new TypeError(`apply: the op is ${describe(op)}; expected the name of a primitive, such as "add"`);
}
