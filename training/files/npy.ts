import { DataError, formatShape, type NDArray } from "../../np/index.ts";
import { allocate } from "./allocate.ts";
import { type ElementType, fromBytes, toBytes } from "./element-types.ts";
import { type NpyHeader, npyHeader, npyMagic } from "./npy-header.ts";

/**
 * Encodes one array as an .npy file of version 1.0, in C order and little-endian, as `np.save`
 * writes it; version 2.0 if its header is too long for 1.0.
 * @see NumPy reference, `numpy.lib.format`
 */
export function encodeNpy(where: string, x: NDArray, type: ElementType): Uint8Array {
  const order = type.sizeBytes > 1 ? "<" : "|";
  const shape = formatShape(x.shape);
  const dict = `{'descr': '${order}${type.numpy}', 'fortran_order': False, 'shape': ${shape}, }`;
  const version = dict.length < 65_000 ? 1 : 2; // whether 16 bits hold its length
  const textAt = version === 1 ? 10 : 12;
  const dataAt = Math.ceil((textAt + dict.length + 1) / 64) * 64; // NumPy's alignment
  const bytes = allocate(where, dataAt + x.size * type.sizeBytes);
  const view = new DataView(bytes.buffer);
  bytes.set([...npyMagic, version, 0]);
  if (version === 1) view.setUint16(8, dataAt - textAt, true);
  else view.setUint32(8, dataAt - textAt, true);
  bytes.set(new TextEncoder().encode(`${dict.padEnd(dataAt - textAt - 1)}\n`), textAt);
  bytes.set(toBytes(x, type), dataAt);
  return bytes;
}

/**
 * Reads an .npy file of version 1, 2 or 3, in C or Fortran order, of either endianness. 64-bit
 * integers become int32, half precision becomes float32, bool becomes uint8.
 * @throws DataError for anything else, for an integer beyond int32, and for a file that is too
 * short or too long
 */
export function decodeNpy(where: string, bytes: Uint8Array): NDArray {
  const header = npyHeader(where, () => bytes);
  const { type, littleEndian, fortranOrder, shape, dataAt, dataBytes } = header;
  const data = bytes.subarray(dataAt);
  if (data.length > dataBytes && npyMagic.every((byte, i) => data[dataBytes + i] === byte)) {
    throw new DataError(
      `${where}: it holds several arrays, one after another; save them with np.savez instead`,
    );
  }
  expectSize(where, header, data.length);
  if (!fortranOrder) return fromBytes(where, data, type, shape, littleEndian);
  const axes = shape.map((_, axis) => shape.length - 1 - axis);
  return fromBytes(where, data, type, [...shape].reverse(), littleEndian)
    .transpose(axes)
    .copy();
}

/** @throws DataError unless there are exactly the bytes that the header describes */
export function expectSize(where: string, { descr, shape, dataBytes }: NpyHeader, found: number): void {
  if (found === dataBytes) return;
  throw new DataError(
    `${where}: ${descr} of shape ${formatShape(shape)} fills ${dataBytes} bytes, found ${found}; copy the file again, or write it again`,
  );
}
