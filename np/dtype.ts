import { describe } from "./arguments/describe.ts";

/** The element types of an array: float64 (default), float32 (training), int32 (labels), uint8 (images, masks). */
export type DType = "float64" | "float32" | "int32" | "uint8";

/** The flat storage behind an array, one kind per dtype. */
export type TypedArray = Float64Array | Float32Array | Int32Array | Uint8Array;

const bounds: Record<"int32" | "uint8", readonly [min: number, max: number]> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint8: [0, 255],
};

export function isFloat(dtype: DType): dtype is "float64" | "float32" {
  return dtype === "float64" || dtype === "float32";
}

export function dtypeOf(data: TypedArray): DType {
  if (data instanceof Float64Array) return "float64";
  if (data instanceof Float32Array) return "float32";
  if (data instanceof Int32Array) return "int32";
  if (data instanceof Uint8Array) return "uint8";
  throw new TypeError(
    `expected a Float64Array, Float32Array, Int32Array or Uint8Array, got ${describe(data)}; np.array(list) makes an array from a list`,
  );
}

/**
 * The dtype of a result that mixes two arrays, by NumPy's rules: the smallest type that holds both exactly.
 * float32 with int32 gives float64 (float32 cannot hold every int32); JavaScript numbers never promote.
 * @see NumPy reference, `numpy.promote_types`
 */
export function promote(a: DType, b: DType): DType {
  if (a === b) return a;
  if (a === "uint8") return b;
  if (b === "uint8") return a;
  return "float64";
}

/** The dtype of a result that is fractional by nature (`div`, `exp`, `mean` …): floats keep theirs, integers give float64. */
export function floating(dtype: DType): "float64" | "float32" {
  return dtype === "float32" ? "float32" : "float64";
}

function unknownDType(dtype: unknown): never {
  throw new TypeError(`dtype ${describe(dtype)} is unknown; expected float64, float32, int32 or uint8`);
}

/**
 * Refuses a number that an integer array cannot hold, instead of rounding it silently.
 * @throws TypeError for a fractional number, RangeError for one beyond the dtype
 */
export function checkFits(where: string, value: number, dtype: DType): void {
  if (dtype === "float64" || dtype === "float32") return;
  const [min, max] = bounds[dtype] ?? unknownDType(dtype);
  if (!Number.isInteger(value)) {
    throw new TypeError(
      `${where}: ${value} does not fit dtype ${dtype}; convert the array first: x.astype("float64")`,
    );
  }
  if (value < min || value > max) {
    throw new RangeError(
      `${where}: ${value} is outside ${dtype}'s range ${min} … ${max}; convert with x.astype(…)`,
    );
  }
}
