import { optional, withoutDefault } from "./arguments/argument.ts";
import { expectArgument, type OptionTable, settleOptions } from "./arguments/contract.ts";
import { describe } from "./arguments/describe.ts";
import { dtypeOption } from "./arguments/dtype-option.ts";
import { count, integer, oneOf } from "./arguments/kinds.ts";
import { anyNumber } from "./arguments/object-kinds.ts";
import { engine } from "./current-engine.ts";
import { checkFits, type DType, type TypedArray } from "./dtype.ts";
import { ShapeError } from "./errors.ts";
import { NDArray, type Nested } from "./ndarray.ts";
import { checkArray } from "./operand.ts";
import { checkShape, formatShape, sameShape, sizeOf } from "./shape.ts";

const anyCount = count();

export interface ArrayOptions {
  /** Default "float64". */
  readonly dtype?: DType;
}

/** What `array` takes besides typed arrays: a number, an array, and lists of them. */
export type NestedArrays = Nested | NDArray | readonly NestedArrays[];

/**
 * An array from nested numbers: `array([[1, 2], [3, 4]])` has shape (2, 2). An NDArray is copied, and
 * a list of them is stacked. Booleans give a mask: uint8, unless `dtype` says otherwise.
 * @throws ShapeError for rows of unequal length, TypeError for anything that is not a number
 * @example array([[1, 2], [3, 4]]).shape // [2, 2]
 * @example array([array([1, 2]), array([3, 4])]) // [[1, 2], [3, 4]]
 */
export function array(nested: NestedArrays | TypedArray, options?: ArrayOptions): NDArray {
  const given = dtypeOption("array", options);
  const dtype = options?.dtype && given;
  if (nested instanceof NDArray) return (dtype ? nested.astype(dtype) : nested).copy();
  if (ArrayBuffer.isView(nested)) return array(NDArray.from(nested as TypedArray), options);
  const shape: number[] = [];
  let first: unknown = nested;
  for (; Array.isArray(first); first = first[0]) shape.push(first.length);
  if (first instanceof NDArray) return stacked(nested as readonly NestedArrays[], options);
  const data = engine().allocate(given, sizeOf(shape));
  let next = 0;
  let booleans = 0;
  const fill = (level: unknown, axis: number): void => {
    if (axis < shape.length) {
      if (!Array.isArray(level) || level.length !== shape[axis]) {
        const found = Array.isArray(level) ? `${level.length} entries` : describe(level);
        throw new ShapeError(
          `array: axis ${axis} has ${shape[axis]} entries in one place and ${found} in another`,
        );
      }
      for (const inner of level) fill(inner, axis + 1);
    } else if (typeof level === "number" || typeof level === "boolean") {
      if (dtype) checkFits("array", Number(level), dtype);
      if (typeof level === "boolean") booleans++;
      data[next++] = Number(level);
    } else {
      const found = Array.isArray(level) ? "a list" : describe(level);
      throw new (Array.isArray(level) ? ShapeError : TypeError)(`array: expected a number, got ${found}`);
    }
  };
  fill(nested, 0);
  const isMask = !dtype && next > 0 && booleans === next;
  return NDArray.from(isMask ? Uint8Array.from(data) : data, shape);
}

/** Arrays of one shape along a new first axis. */
function stacked(list: readonly NestedArrays[], options?: ArrayOptions): NDArray {
  const parts = list.map((part) => array(part, options));
  const [first] = parts as [NDArray];
  const other = parts.find((part) => !sameShape(part.shape, first.shape));
  if (other)
    throw new ShapeError(
      `array: the list holds arrays of shapes ${formatShape(first.shape)} and ${formatShape(other.shape)}; expected one shape`,
    );
  return first.apply("stack", parts, 0);
}

/**
 * An array filled with `value`. The shape is a list, or one number for a vector.
 * @example full([2], 7) // [7, 7]
 */
export function full(shape: number | readonly number[], value: number, options?: ArrayOptions): NDArray {
  return filled("full", shape, value, optionsOf("full", shape, options));
}

/** @throws TypeError for a second length where the options stand: zeros(2, 3) */
function optionsOf(where: string, shape: unknown, options: unknown): DType {
  if (typeof shape === "number" && typeof options === "number")
    throw new TypeError(`${where}: a shape of several axes is a list: ${where}([${shape}, ${options}])`);
  return dtypeOption(where, options);
}

function filled(where: string, lengths: number | readonly number[], value: number, dtype: DType): NDArray {
  const shape = typeof lengths === "number" ? [lengths] : lengths;
  checkShape(where, shape);
  expectArgument(where, "value", anyNumber, value);
  checkFits(where, value, dtype);
  const x = NDArray.empty(shape, dtype);
  x.flat().fill(value);
  return x;
}

/**
 * An array filled with 0. The shape is a list, or one number for a vector.
 * @example zeros([2, 3]) // [[0, 0, 0], [0, 0, 0]]
 */
export function zeros(shape: number | readonly number[], options?: ArrayOptions): NDArray {
  return filled("zeros", shape, 0, optionsOf("zeros", shape, options));
}

/** Zeros of x's shape and dtype, or of another dtype. */
export function zerosLike(x: NDArray, options?: ArrayOptions): NDArray {
  return filledLike("zerosLike", x, 0, options);
}

/** Ones of x's shape and dtype, or of another dtype. */
export function onesLike(x: NDArray, options?: ArrayOptions): NDArray {
  return filledLike("onesLike", x, 1, options);
}

/**
 * An array of x's shape and dtype, or of another dtype, filled with `value`.
 * @example fullLike(array([1, 2]), 7) // [7, 7]
 */
export function fullLike(x: NDArray, value: number, options?: ArrayOptions): NDArray {
  return filledLike("fullLike", x, value, options);
}

function filledLike(where: string, x: NDArray, value: number, options?: ArrayOptions): NDArray {
  checkArray(where, x);
  return filled(where, x.shape, value, dtypeOption(where, options, x.dtype));
}

/**
 * An array filled with 1. The shape is a list, or one number for a vector.
 * @example ones([3]) // [1, 1, 1]
 */
export function ones(shape: number | readonly number[], options?: ArrayOptions): NDArray {
  return filled("ones", shape, 1, optionsOf("ones", shape, options));
}

/**
 * 0, 1, … stop − 1; or start, start + step, … before stop. @throws RangeError unless all are finite and step is not 0
 * @example arange(2, 8, 2) // [2, 4, 6]
 */
export function arange(
  startOrStop: number,
  stop?: number,
  step: number = 1,
  options?: ArrayOptions,
): NDArray {
  const start = stop === undefined ? 0 : startOrStop;
  const end = stop === undefined ? startOrStop : stop;
  if (![start, end, step].every(Number.isFinite) || step === 0) {
    throw new RangeError(
      `arange: from ${describe(start)} to ${describe(end)} by ${describe(step)}; expected finite numbers, and a step that is not 0`,
    );
  }
  const dtype = dtypeOption("arange", options);
  const n = Math.max(0, Math.ceil((end - start) / step));
  checkShape("arange", [n]);
  return array(
    Array.from({ length: n }, (_, i) => start + i * step),
    { dtype },
  );
}

/**
 * n points (default 50) from start to stop, both included; n = 1 gives start. @throws RangeError unless n is a whole number >= 1
 * @example linspace(0, 1, 5) // [0, 0.25, 0.5, 0.75, 1]
 */
export function linspace(start: number, stop: number, n: number = 50, options?: ArrayOptions): NDArray {
  expectArgument("linspace", "start", anyNumber, start);
  expectArgument("linspace", "stop", anyNumber, stop);
  expectArgument("linspace", "n", anyCount, n);
  const dtype = dtypeOption("linspace", options);
  const step = (stop - start) / Math.max(1, n - 1);
  const at = (i: number): number => (i === n - 1 && n > 1 ? stop : i * step + start);
  return array(
    Array.from({ length: n }, (_, i) => at(i)),
    { dtype },
  );
}

export interface EyeOptions extends ArrayOptions {
  /** The number of columns; default: as many as rows. */
  readonly m?: number;
  /** Which diagonal is 1: 0 (default) the main one, 1 the one above it. */
  readonly k?: number;
}

const eyeOptions: OptionTable<EyeOptions> = {
  m: withoutDefault(anyCount, "n"),
  k: optional(integer(), 0),
  dtype: withoutDefault(oneOf("float64", "float32", "int32", "uint8"), "float64"),
};

/**
 * The identity matrix (n, n); with `m` and `k` ones on another diagonal, or of a matrix (n, m).
 * @example eye(2) // [[1, 0], [0, 1]]
 */
export function eye(n: number, options: EyeOptions = {}): NDArray {
  const { m, k, dtype } = settleOptions("eye", { name: "eye", positional: {}, options: eyeOptions }, options);
  const columns = m ?? n;
  const x = filled("eye", [n, columns], 0, dtype ?? "float64");
  const data = x.flat();
  for (let row = Math.max(0, -k); row < n && row + k < columns; row++) data[row * columns + row + k] = 1;
  return x;
}

/**
 * Class indices (…) as rows of zeros with a single 1: (…, classes), in int32 by default so that
 * `CrossEntropyLoss` can tell them from probabilities.
 * @throws RangeError for an index outside 0 … classes − 1
 * @example oneHot(array([2, 0]), 3) // [[0, 0, 1], [1, 0, 0]]
 */
export function oneHot(indices: NDArray, classes: number, options?: ArrayOptions): NDArray {
  checkArray("oneHot", indices);
  const flat = indices.flat();
  const x = filled("oneHot", [...indices.shape, classes], 0, dtypeOption("oneHot", options, "int32"));
  const data = x.flat();
  for (let i = 0; i < flat.length; i++) {
    const index = flat[i] as number;
    if (!Number.isInteger(index) || index < 0 || index >= classes) {
      throw new RangeError(
        `oneHot: index ${index} at position ${i} of ${formatShape(indices.shape)} is not one of the ${classes} classes 0 … ${classes - 1}`,
      );
    }
    data[i * classes + index] = 1;
  }
  return x;
}
