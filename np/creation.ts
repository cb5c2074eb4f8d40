import { expectArgument } from "./arguments/contract.ts";
import { describe } from "./arguments/describe.ts";
import { dtypeOption } from "./arguments/dtype-option.ts";
import { count } from "./arguments/kinds.ts";
import { anyNumber } from "./arguments/object-kinds.ts";
import { engine } from "./current-engine.ts";
import { checkFits, type DType, type TypedArray } from "./dtype.ts";
import { ShapeError } from "./errors.ts";
import { NDArray, type Nested } from "./ndarray.ts";
import { checkArray } from "./operand.ts";
import { checkShape, formatShape, sizeOf } from "./shape.ts";

const anyCount = count();

export interface ArrayOptions {
  /** Default "float64". */
  readonly dtype?: DType;
}

/**
 * An array from nested numbers: `array([[1, 2], [3, 4]])` has shape (2, 2). An NDArray is copied.
 * @throws ShapeError for rows of unequal length, TypeError for anything that is not a number
 * @example array([[1, 2], [3, 4]]).shape // [2, 2]
 */
export function array(nested: Nested | NDArray | TypedArray, options?: ArrayOptions): NDArray {
  const given = dtypeOption("array", options);
  const dtype = options?.dtype && given;
  if (nested instanceof NDArray) return (dtype ? nested.astype(dtype) : nested).copy();
  if (ArrayBuffer.isView(nested)) return array(NDArray.from(nested as TypedArray), options);
  const shape: number[] = [];
  for (let level: unknown = nested; Array.isArray(level); level = level[0]) shape.push(level.length);
  const data = engine().allocate(given, sizeOf(shape));
  let next = 0;
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
      data[next++] = Number(level);
    } else {
      const found = Array.isArray(level) ? "a list" : describe(level);
      throw new (Array.isArray(level) ? ShapeError : TypeError)(`array: expected a number, got ${found}`);
    }
  };
  fill(nested, 0);
  return NDArray.from(data, shape);
}

/**
 * An array filled with `value`.
 * @example full([2], 7) // [7, 7]
 */
export function full(shape: readonly number[], value: number, options?: ArrayOptions): NDArray {
  return filled("full", shape, value, dtypeOption("full", options));
}

function filled(where: string, shape: readonly number[], value: number, dtype: DType): NDArray {
  checkShape(where, shape);
  expectArgument(where, "value", anyNumber, value);
  checkFits(where, value, dtype);
  const x = NDArray.empty(shape, dtype);
  x.flat().fill(value);
  return x;
}

/**
 * An array filled with 0.
 * @example zeros([2, 3]) // [[0, 0, 0], [0, 0, 0]]
 */
export function zeros(shape: readonly number[], options?: ArrayOptions): NDArray {
  return filled("zeros", shape, 0, dtypeOption("zeros", options));
}

/** Zeros of x's shape and dtype. */
export function zerosLike(x: NDArray): NDArray {
  checkArray("zerosLike", x);
  return NDArray.empty(x.shape, x.dtype);
}

/**
 * An array filled with 1.
 * @example ones([3]) // [1, 1, 1]
 */
export function ones(shape: readonly number[], options?: ArrayOptions): NDArray {
  return filled("ones", shape, 1, dtypeOption("ones", options));
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
 * n points from start to stop, both included; n = 1 gives start. @throws RangeError unless n is a whole number >= 1
 * @example linspace(0, 1, 5) // [0, 0.25, 0.5, 0.75, 1]
 */
export function linspace(start: number, stop: number, n: number, options?: ArrayOptions): NDArray {
  expectArgument("linspace", "start", anyNumber, start);
  expectArgument("linspace", "stop", anyNumber, stop);
  expectArgument("linspace", "n", anyCount, n);
  const dtype = dtypeOption("linspace", options);
  const at = (i: number): number =>
    i === n - 1 && n > 1 ? stop : start + (i * (stop - start)) / Math.max(1, n - 1);
  return array(
    Array.from({ length: n }, (_, i) => at(i)),
    { dtype },
  );
}

/**
 * The identity matrix (n, n).
 * @example eye(2) // [[1, 0], [0, 1]]
 */
export function eye(n: number, options?: ArrayOptions): NDArray {
  const x = filled("eye", [n, n], 0, dtypeOption("eye", options));
  const data = x.flat();
  for (let i = 0; i < n; i++) data[i * (n + 1)] = 1;
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
