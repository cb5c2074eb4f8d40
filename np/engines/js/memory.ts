import type { DType, TypedArray } from "../../dtype.ts";
import type { FloatArray } from "../../engine.ts";

const kinds = { float64: Float64Array, float32: Float32Array, int32: Int32Array, uint8: Uint8Array } as const;

function kindOf(dtype: DType): (typeof kinds)[DType] {
  if (Object.hasOwn(kinds, dtype)) return kinds[dtype];
  throw new TypeError(`dtype "${dtype}" is unknown; expected ${Object.keys(kinds).join(", ")}`);
}

/** Zeros. */
export function allocate(dtype: DType, size: number): TypedArray {
  return new (kindOf(dtype))(size);
}

/** From so many bytes on, zeroing costs more than a Buffer, which is what Node has for memory that is not zeroed. */
const worthReserving = 32_768;

/** Anything: what the memory held before, where the host gives it away. */
export function reserve(dtype: DType, size: number): TypedArray {
  const Kind = kindOf(dtype);
  const bytes = size * Kind.BYTES_PER_ELEMENT;
  const { Buffer } = globalThis as {
    Buffer?: { allocUnsafeSlow(bytes: number): { readonly buffer: ArrayBufferLike } };
  };
  if (!Buffer || bytes < worthReserving) return new Kind(size);
  return new Kind(Buffer.allocUnsafeSlow(bytes).buffer as ArrayBuffer);
}

/** What a product is added to: c itself, zeros, or in each of its rows this one. */
export function begin(c: FloatArray, add: boolean | FloatArray): void {
  if (add === false) c.fill(0);
  if (typeof add === "boolean" || c.length === 0) return;
  c.set(add);
  for (let n = add.length; n < c.length; n *= 2) c.copyWithin(n, 0, Math.min(n, c.length - n));
}
