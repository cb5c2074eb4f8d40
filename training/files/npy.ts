import { DataError, formatShape, type NDArray, sizeOf } from "../../np/index.ts";
import { type ElementType, elementType, fromBytes, knownTypes, toBytes } from "./element-types.ts";

/** The first bytes of every .npy file: \x93NUMPY. */
const magic: readonly number[] = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/**
 * Encodes one array as an .npy file of version 1.0, in C order and little-endian, as `np.save`
 * writes it.
 * @see NumPy reference, `numpy.lib.format`
 */
export function encodeNpy(x: NDArray, type: ElementType): Uint8Array {
  const order = type.sizeBytes > 1 ? "<" : "|";
  const shape = formatShape(x.shape);
  const dict = `{'descr': '${order}${type.numpy}', 'fortran_order': False, 'shape': ${shape}, }`;
  const dataAt = Math.ceil((10 + dict.length + 1) / 64) * 64; // NumPy's alignment
  const data = toBytes(x, type);
  const bytes = new Uint8Array(dataAt + data.length);
  bytes.set([...magic, 1, 0]);
  new DataView(bytes.buffer).setUint16(8, dataAt - 10, true);
  bytes.set(new TextEncoder().encode(`${dict.padEnd(dataAt - 11)}\n`), 10);
  bytes.set(data, dataAt);
  return bytes;
}

/**
 * Reads an .npy file of version 1, 2 or 3, in C or Fortran order, of either endianness. 64-bit
 * integers become int32, half precision becomes float32, bool becomes uint8.
 * @throws DataError for anything else, for an integer beyond int32, and for a file that is too
 * short or too long
 */
export function decodeNpy(where: string, bytes: Uint8Array): NDArray {
  const fail = (what: string): never => {
    throw new DataError(`${where}: ${what}; write it again with np.savez or saveState`);
  };
  if (magic.some((byte, i) => bytes[i] !== byte)) fail("it does not begin as an .npy file does");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6] ?? 0;
  if (version < 1 || version > 3)
    fail(`version ${version} of .npy is unknown; known versions are 1, 2 and 3`);
  const headerAt = version === 1 ? 10 : 12;
  if (bytes.length < headerAt) fail("the file is cut off");
  const dataAt = headerAt + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (bytes.length < dataAt) fail("the file is cut off inside its header");
  const header = new TextDecoder().decode(bytes.subarray(headerAt, dataAt));
  const [, descr = "", order, shapeText = ""] =
    /^\s*\{\s*'descr':\s*'([^']*)',\s*'fortran_order':\s*(True|False),\s*'shape':\s*\(([\d\s,]*)\),?\s*\}\s*$/.exec(
      header,
    ) ?? fail(`its header is ${JSON.stringify(header.trim())}, which is not a plain array`);
  const type = elementType("numpy", descr.slice(1));
  if (!type || !"<>|=".includes(descr[0] ?? "?"))
    return fail(`its elements are '${descr}'; known types are ${knownTypes("numpy")}`);
  const shape = shapeText
    .split(",")
    .map((n) => n.trim())
    .filter((n) => n !== "")
    .map(Number);
  const sizeBytes = sizeOf(shape) * type.sizeBytes;
  if (bytes.length - dataAt !== sizeBytes)
    fail(`${descr} of shape ${formatShape(shape)} fills ${sizeBytes} bytes, found ${bytes.length - dataAt}`);
  const data = bytes.subarray(dataAt);
  const littleEndian = descr[0] !== ">";
  if (order === "False") return fromBytes(where, data, type, shape, littleEndian);
  const axes = shape.map((_, axis) => shape.length - 1 - axis);
  return fromBytes(where, data, type, [...shape].reverse(), littleEndian)
    .transpose(axes)
    .copy();
}
