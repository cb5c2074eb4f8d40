import { describe } from "../../arguments/describe.ts";
import type { DType, TypedArray } from "../../dtype.ts";
import type { FloatArray } from "../../engine.ts";

const kinds = { float64: Float64Array, float32: Float32Array, int32: Int32Array, uint8: Uint8Array } as const;

function kindOf(dtype: DType): (typeof kinds)[DType] {
  if (typeof dtype === "string" && Object.hasOwn(kinds, dtype)) return kinds[dtype];
  throw new TypeError(`dtype ${describe(dtype)} is unknown; expected ${Object.keys(kinds).join(", ")}`);
}

/** Zero-filled memory. @throws RangeError if the machine cannot give so much */
export function allocate(dtype: DType, size: number): TypedArray {
  const Kind = kindOf(dtype);
  try {
    return new Kind(size);
  } catch {
    throw tooLarge(dtype, size);
  }
}

function tooLarge(dtype: DType, size: number): RangeError {
  const gigabytes = (size * kinds[dtype].BYTES_PER_ELEMENT) / 1e9;
  return new RangeError(
    `an array of ${size} numbers of ${dtype} needs ${Number(gigabytes.toPrecision(3))} GB, more than can be allocated; use smaller batches or fewer items`,
  );
}

/**
 * From this many bytes on, zeroing costs more than a Buffer, Node's way to get memory without
 * zeroing it.
 */
const worthReserving = 32_768;

/** Uninitialised memory, if the host provides it; else zeros. @throws RangeError as allocate does */
export function reserve(dtype: DType, size: number): TypedArray {
  const Kind = kindOf(dtype);
  const bytes = size * Kind.BYTES_PER_ELEMENT;
  const { Buffer } = globalThis as {
    Buffer?: { allocUnsafeSlow(bytes: number): { readonly buffer: ArrayBufferLike } };
  };
  if (!Buffer || bytes < worthReserving) return allocate(dtype, size);
  try {
    return new Kind(Buffer.allocUnsafeSlow(bytes).buffer as ArrayBuffer);
  } catch {
    throw tooLarge(dtype, size);
  }
}

/**
 * Prepares c for a product that is added to it: keeps it (true), zeroes it (false), or fills every
 * row with this one.
 */
export function begin(c: FloatArray, add: boolean | FloatArray): void {
  if (add === false) c.fill(0);
  if (typeof add === "boolean" || c.length === 0) return;
  c.set(add);
  for (let n = add.length; n < c.length; n *= 2) c.copyWithin(n, 0, Math.min(n, c.length - n));
}
