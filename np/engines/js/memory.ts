import { describe } from "../../arguments/describe.ts";
import type { DType, TypedArray } from "../../dtype.ts";
import type { FloatArray } from "../../engine.ts";

const kinds = { float64: Float64Array, float32: Float32Array, int32: Int32Array, uint8: Uint8Array } as const;

function kindOf(dtype: DType): (typeof kinds)[DType] {
  if (typeof dtype === "string" && Object.hasOwn(kinds, dtype)) return kinds[dtype];
  throw new TypeError(`dtype ${describe(dtype)} is unknown; expected ${Object.keys(kinds).join(", ")}`);
}

/** Zero-filled memory. */
export function allocate(dtype: DType, size: number): TypedArray {
  return new (kindOf(dtype))(size);
}

/**
 * From this many bytes on, zeroing costs more than a Buffer, Node's way to get memory without
 * zeroing it.
 */
const worthReserving = 32_768;

/** Uninitialised memory, if the host provides it; else zeros. */
export function reserve(dtype: DType, size: number): TypedArray {
  const Kind = kindOf(dtype);
  const bytes = size * Kind.BYTES_PER_ELEMENT;
  const { Buffer } = globalThis as {
    Buffer?: { allocUnsafeSlow(bytes: number): { readonly buffer: ArrayBufferLike } };
  };
  if (!Buffer || bytes < worthReserving) return new Kind(size);
  return new Kind(Buffer.allocUnsafeSlow(bytes).buffer as ArrayBuffer);
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
