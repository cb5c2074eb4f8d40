import { type DType, dtypeOf, type TypedArray } from "../../dtype.ts";
import type { View } from "../../engine.ts";
import { isView } from "./cuts.ts";

/** An array's memory as another thread of this process finds it. */
interface Pointer {
  readonly address: bigint;
  readonly dtype: DType;
  readonly length: number;
}

/** An engine method's arguments for another thread: memory by its address, all else as it is. */
export function pack(args: readonly unknown[], addressOf: (memory: TypedArray) => bigint): unknown[] {
  const pointer = (x: TypedArray): Pointer => ({
    address: addressOf(x),
    dtype: dtypeOf(x),
    length: x.length,
  });
  return args.map((x) => {
    if (ArrayBuffer.isView(x)) return pointer(x as TypedArray);
    if (Array.isArray(x)) return pack(x, addressOf);
    if (!isView(x)) return x;
    const { data, dtype, shape, strides, offset, size } = x;
    return { data: pointer(data), dtype, shape, strides, offset, size };
  });
}

/** Memory is seen through buffers of 4 GiB that begin 2 GiB apart: an array of 2 GiB or less lies in one of them, wherever it begins. */
export const regionBytes: number = 2 ** 32;
/** No memory begins below: address 0 is none. */
const firstPage = 4096n;

/** What `pack` was given. The arrays must be alive in the thread that packed them for as long as they are read or written here. */
export function unpack(parcel: readonly unknown[], regionOf: (start: bigint) => ArrayBuffer): unknown[] {
  const memory = ({ address, dtype, length }: Pointer): TypedArray => {
    const half = BigInt(regionBytes / 2);
    const start = ((address - firstPage) / half) * half + firstPage;
    return new kinds[dtype](regionOf(start), Number(address - start), length);
  };
  return parcel.map((x) => {
    if (isPointer(x)) return memory(x);
    if (Array.isArray(x)) return unpack(x, regionOf);
    return isView(x) ? ({ ...x, data: memory(x.data as unknown as Pointer) } satisfies View) : x;
  });
}

const kinds = { float64: Float64Array, float32: Float32Array, int32: Int32Array, uint8: Uint8Array } as const;

function isPointer(x: unknown): x is Pointer {
  return typeof x === "object" && x !== null && "address" in x;
}
