import { DataError, type DType, NDArray, sizeOf, type TypedArray } from "../../np/index.ts";

/**
 * An element type of a file, by NumPy's and safetensors' names, and the dtype that it is read as.
 */
export interface ElementType {
  /** NumPy's kind and size; null where NumPy has no such type. */
  readonly numpy: string | null;
  readonly safetensors: string;
  readonly sizeBytes: number;
  readonly dtype: DType;
  readonly read: (bytes: DataView, at: number, littleEndian: boolean) => number;
}

/** Half precision: 5 bits of exponent, 10 of fraction. */
function float16(half: number): number {
  const [exponent, fraction] = [(half >> 10) & 31, (half & 1023) / 1024];
  const size =
    exponent === 0
      ? 2 ** -14 * fraction
      : exponent === 31
        ? fraction === 0
          ? Infinity
          : Number.NaN
        : 2 ** (exponent - 15) * (1 + fraction);
  return half >> 15 ? -size : size;
}

/** The upper half of a float32. */
function bfloat16(half: number): number {
  return new Float32Array(Uint32Array.of(half << 16).buffer)[0] as number;
}

// biome-ignore format: a table
const types: readonly ElementType[] = [
  { numpy: "f8", safetensors: "F64", sizeBytes: 8, dtype: "float64", read: (v, at, le) => v.getFloat64(at, le) },
  { numpy: "f4", safetensors: "F32", sizeBytes: 4, dtype: "float32", read: (v, at, le) => v.getFloat32(at, le) },
  { numpy: "f2", safetensors: "F16", sizeBytes: 2, dtype: "float32", read: (v, at, le) => float16(v.getUint16(at, le)) },
  { numpy: null, safetensors: "BF16", sizeBytes: 2, dtype: "float32", read: (v, at, le) => bfloat16(v.getUint16(at, le)) },
  { numpy: "i8", safetensors: "I64", sizeBytes: 8, dtype: "int32", read: (v, at, le) => Number(v.getBigInt64(at, le)) },
  { numpy: "u8", safetensors: "U64", sizeBytes: 8, dtype: "int32", read: (v, at, le) => Number(v.getBigUint64(at, le)) },
  { numpy: "i4", safetensors: "I32", sizeBytes: 4, dtype: "int32", read: (v, at, le) => v.getInt32(at, le) },
  { numpy: "u4", safetensors: "U32", sizeBytes: 4, dtype: "int32", read: (v, at, le) => v.getUint32(at, le) },
  { numpy: "i2", safetensors: "I16", sizeBytes: 2, dtype: "int32", read: (v, at, le) => v.getInt16(at, le) },
  { numpy: "u2", safetensors: "U16", sizeBytes: 2, dtype: "int32", read: (v, at, le) => v.getUint16(at, le) },
  { numpy: "i1", safetensors: "I8", sizeBytes: 1, dtype: "int32", read: (v, at) => v.getInt8(at) },
  { numpy: "u1", safetensors: "U8", sizeBytes: 1, dtype: "uint8", read: (v, at) => v.getUint8(at) },
  { numpy: "b1", safetensors: "BOOL", sizeBytes: 1, dtype: "uint8", read: (v, at) => v.getUint8(at) },
];

/** The element type of this name, or undefined. */
export function elementType(format: "numpy" | "safetensors", name: unknown): ElementType | undefined {
  return types.find((type) => name !== null && type[format] === name);
}

/** The names of readable types, for messages. */
export function knownTypes(format: "numpy" | "safetensors"): string {
  return types.flatMap((type) => type[format] ?? []).join(", ");
}

/**
 * The type that an array is written as: its own dtype, except that PyTorch's batch counter is int32
 * here and int64 in the file.
 */
export function typeFor(key: string, x: NDArray): ElementType {
  const names = { float64: "F64", float32: "F32", int32: "I32", uint8: "U8" };
  const name = x.dtype === "int32" && /(^|\.)num_batches_tracked$/.test(key) ? "I64" : names[x.dtype];
  return elementType("safetensors", name) as ElementType;
}

/** Writes the elements in row-major order, little-endian. */
export function toBytes(x: NDArray, type: ElementType): Uint8Array {
  const flat = x.flat();
  if (hostIsLittleEndian && type.sizeBytes === flat.BYTES_PER_ELEMENT)
    return new Uint8Array(flat.buffer, flat.byteOffset, flat.byteLength);
  const bytes = new Uint8Array(flat.length * type.sizeBytes);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of flat.entries()) {
    const at = i * type.sizeBytes;
    if (type.safetensors === "F64") view.setFloat64(at, value, true);
    else if (type.safetensors === "F32") view.setFloat32(at, value, true);
    else if (type.safetensors === "I64") view.setBigInt64(at, BigInt(value), true);
    else view.setInt32(at, value, true);
  }
  return bytes;
}

/**
 * Creates a new array from bytes in row-major order.
 * @throws DataError for integers beyond int32
 */
export function fromBytes(
  where: string,
  bytes: Uint8Array,
  type: ElementType,
  shape: readonly number[],
  littleEndian: boolean = true,
): NDArray {
  const x = NDArray.empty(shape, type.dtype);
  const to = x.flat();
  const native = hostIsLittleEndian && littleEndian && exact.has(type.safetensors);
  if (native) new Uint8Array(to.buffer, to.byteOffset, to.byteLength).set(bytes);
  else readEach(where, bytes, type, littleEndian, to, sizeOf(shape));
  return x;
}

function readEach(
  where: string,
  bytes: Uint8Array,
  type: ElementType,
  littleEndian: boolean,
  to: TypedArray,
  size: number,
): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; i < size; i++) {
    const value = type.read(view, i * type.sizeBytes, littleEndian);
    if (type.dtype === "int32" && value !== (value | 0)) {
      throw new DataError(
        `${where}: element ${i} is ${value}, which an int32 cannot hold; convert it to float64 where it was written`,
      );
    }
    to[i] = value;
  }
}

/** The types stored exactly as in our arrays. */
const exact: ReadonlySet<string> = new Set(["F64", "F32", "I32", "U8"]);

const hostIsLittleEndian: boolean = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
